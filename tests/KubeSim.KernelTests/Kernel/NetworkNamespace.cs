using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace KubeSim.KernelTests.Kernel;

/// <summary>
/// A network namespace, and the thread that lives in it. What must happen inside, such as making a socket or starting a tool, is
/// run on that thread; the namespace ends with it. Sockets and processes stay in the namespace they were made in.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    /// <exception cref="InvalidOperationException">The kernel does not allow it.</exception>
    public NetworkNamespace(string name)
    {
        Name = name;
        _thread = new Thread(Live) { IsBackground = true, Name = "namespace " + name };
        _thread.Start();
        Path = Run(() => Libc.Unshare(Libc.NewNetwork) == 0 ? $"/proc/{new FileInfo("/proc/thread-self").LinkTarget}/ns/net"
            : throw new InvalidOperationException($"no network namespace can be made: {Marshal.GetLastPInvokeErrorMessage()}"));
    }

    public string Name { get; }

    /// <summary>The file that stands for it, as <c>ip link … netns</c> takes it.</summary>
    public string Path { get; }

    public void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    public T Run<T>(Func<T> function)
    {
        using var done = new ManualResetEventSlim();
        T? result = default;
        ExceptionDispatchInfo? wrong = null;
        _work.Add(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception exception)
            {
                wrong = ExceptionDispatchInfo.Capture(exception);
            }

            done.Set();
        });
        done.Wait();
        wrong?.Throw();
        return result!;
    }

    /// <summary>Runs a tool in here and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said and what it was given.</exception>
    public string Tool(string file, string input, params IEnumerable<string> arguments) => Run(() =>
    {
        var start = new ProcessStartInfo(Tools.Find(file) ?? file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{file} {string.Join(' ', start.ArgumentList)} in {Name}: {errors}{output}{Numbered(input)}");
    });

    /// <summary>Sets a kernel parameter of this namespace, for example <c>net/ipv4/ip_forward</c>.</summary>
    public void Set(string parameter, string value) => Run(() => File.WriteAllText("/proc/sys/" + parameter, value));

    /// <summary>The same, where not every kernel has it for each namespace.</summary>
    public void TrySet(string parameter, string value)
    {
        try
        {
            Set(parameter, value);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            // Then it stays as it is.
        }
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Live()
    {
        foreach (Action action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }

    private static string Numbered(string input)
    {
        var text = new StringBuilder();
        int number = 0;
        foreach (string line in input.Split('\n'))
        {
            text.Append('\n').Append(++number).Append(": ").Append(line);
        }

        return text.ToString();
    }
}
