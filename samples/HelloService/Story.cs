namespace KubeSim.Samples.HelloService;

/// <summary>Prints chapters, commands and what they answer; in colour where a terminal reads it.</summary>
internal sealed class Story(TextWriter output, bool isColoured)
{
    private int _chapter;

    public void Title(string title) => output.WriteLine(Painted(title, "1"));

    public void Chapter(string title)
    {
        output.WriteLine();
        output.WriteLine(Painted($"{++_chapter}. {title}", "1"));
    }

    public void Say(string sentence) => output.WriteLine("   " + sentence);

    /// <summary>A command and its answer, indented below it.</summary>
    public void Show(string command, object answer)
    {
        output.WriteLine(Painted("   $ " + command, "36"));
        foreach (string line in answer.ToString()!.Split('\n')) output.WriteLine(Hued("     " + line));
    }

    /// <summary>Green Pods in green, blue Pods in blue.</summary>
    private string Hued(string line) =>
        line.Contains("web-fe", StringComparison.Ordinal) && !line.Contains("hello", StringComparison.Ordinal) ? Painted(line, "32")
        : line.Contains("hello-", StringComparison.Ordinal) && !line.Contains("hello-svc", StringComparison.Ordinal) ? Painted(line, "34") : line;

    private string Painted(string text, string code) => isColoured ? $"\e[{code}m{text}\e[0m" : text;
}
