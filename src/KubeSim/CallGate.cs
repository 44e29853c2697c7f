using KubeSim.Simulation;

namespace KubeSim;

/// <summary>
/// Every call into a cluster passes here: from one thread at a time, not after it was disposed, not after a fault. What a call causes at this
/// instant happens before it returns. A refusal (an exception from the call itself) changes nothing; an exception from what runs
/// inside the simulation faults the cluster for good.
/// </summary>
internal sealed class CallGate(EventQueue queue)
{
    private Exception? _fault;
    private int _thread;
    private int _depth;
    private bool _isDisposed;

    /// <exception cref="ObjectDisposedException">The cluster was disposed.</exception>
    /// <exception cref="InvalidOperationException">The cluster is faulted, or another thread is inside.</exception>
    internal void Enter()
    {
        int present = Environment.CurrentManagedThreadId;
        int inside = Interlocked.CompareExchange(ref _thread, present, 0);
        if (inside != 0 && inside != present)
        {
            throw new InvalidOperationException("A cluster belongs to one thread at a time, and another one is inside a call to it.");
        }

        _depth++;
        if (_isDisposed || _fault is not null)
        {
            Leave();
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Cluster));
            throw new InvalidOperationException("The cluster is faulted: something that ran inside the simulation threw an exception, the inner one.", _fault);
        }
    }

    internal void Leave()
    {
        if (--_depth == 0)
        {
            Volatile.Write(ref _thread, 0);
        }
    }

    /// <summary>Runs a request that may be refused, then what follows from it at this instant.</summary>
    internal T Ask<T>(Func<T> request)
    {
        Enter();
        try
        {
            T answer = request();
            Settle();
            return answer;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs something inside the simulation: an exception from it faults the cluster.</summary>
    /// <exception cref="InvalidOperationException">Called from inside the simulation.</exception>
    /// <remarks>A queue that does not get idle is no fault: what ran has happened, and the cluster goes on from there.</remarks>
    internal T Run<T>(Func<T> action)
    {
        Enter();
        bool isRefused = true;
        try
        {
            queue.ThrowIfRunning();
            isRefused = false;
            return action();
        }
        catch (Exception exception) when (!isRefused && exception is not NotIdleException && IsFault(exception))
        {
            throw;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs what is due at this instant, unless the simulation is running already and will get there.</summary>
    internal void Settle()
    {
        if (!queue.IsRunning)
        {
            Run(queue.RunDue);
        }
    }

    /// <summary>What an observer sees; an exception from the observer faults the cluster and goes on its way.</summary>
    internal IObservable<T> Guard<T>(IObservable<T> source) => new GuardedObservable<T>(this, source);

    /// <summary>An exception filter that lets the exception pass and remembers the first one. Refusals by <see cref="Enter"/> do not count.</summary>
    internal bool IsFault(Exception exception)
    {
        _fault ??= exception;
        return false;
    }

    /// <summary>Closes the gate; false when it was closed already.</summary>
    internal bool Close()
    {
        bool first = !_isDisposed;
        _isDisposed = true;
        return first;
    }
}
