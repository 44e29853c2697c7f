namespace KubeSim.Tests.Snippets;

/// <summary>Tries the mechanism itself.</summary>
public static class SnippetExamples
{
    public static void PrintsTwoLines()
    {
        Console.WriteLine("one  ");
        Console.WriteLine("two");
    }

    public static async Task PrintsLater()
    {
        await Task.Yield();
        Console.WriteLine("later");
    }

    public static void Throws() => throw new NotSupportedException();
}
