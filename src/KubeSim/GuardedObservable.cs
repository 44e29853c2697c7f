using KubeSim.Simulation;

namespace KubeSim;

/// <summary>Hands on what another source delivers, and has the gate note an exception that an observer throws.</summary>
internal sealed class GuardedObservable<T>(CallGate gate, IObservable<T> source) : IObservable<T>
{
    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        gate.Enter();
        try
        {
            var relay = new Broadcast<T>();
            relay.Subscribe(observer);
            return source.Subscribe(new Relay(gate, relay));
        }
        finally
        {
            gate.Leave();
        }
    }

    private sealed class Relay(CallGate gate, Broadcast<T> observer) : IObserver<T>
    {
        public void OnNext(T value)
        {
            try
            {
                observer.Publish(value);
            }
            catch (Exception exception) when (gate.IsFault(exception))
            {
                throw;
            }
        }

        public void OnError(Exception error) => gate.IsFault(error);

        public void OnCompleted() => observer.Complete();
    }
}
