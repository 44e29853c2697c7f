namespace KubeSim.Tests.Tidy;

public sealed class SourceRulesTests
{
    private const string Good = "namespace KubeSim.Api;\n\npublic sealed record Pod;\n";

    [Test]
    public void A_good_file_breaks_no_rule() => SourceRules.Broken("src/KubeSim/Api/Pod.cs", Good).Should().BeEmpty();

    [TestCase(400, false)]
    [TestCase(401, true)]
    public void A_file_of_more_than_400_lines_is_too_long(int lines, bool wrong) =>
        (SourceRules.TooLong("a.cs", string.Concat(Enumerable.Repeat("x\n", lines))) is not null).Should().Be(wrong);

    [TestCase("src/KubeSim/Api/Pod.cs", false)]
    [TestCase("src/KubeSim/Dns/Pod.cs", true)]
    [TestCase("src/KubeSim/Pod.cs", true)]
    [TestCase("src/KubeSim/Api/Core/Pod.cs", true)]
    public void The_namespace_is_the_folder(string path, bool wrong) =>
        (SourceRules.NamespaceIsNotFolder(path, Good) is not null).Should().Be(wrong);

    [TestCase("Pod.cs", "public sealed record Pod(int A);", false)]
    [TestCase("Pod.cs", "internal readonly record struct Pod\n{\n}", false)]
    [TestCase("Pod.Status.cs", "public sealed partial class Pod : A", false)]
    [TestCase("Table.cs", "internal sealed class Table<T>", false)]
    [TestCase("Picked.cs", "public delegate int Picked(int a);", false)]
    [TestCase("GlobalUsings.cs", "global using System;", false)]
    [TestCase("Pods.cs", "public sealed record Pod(int A);", true)]
    [TestCase("Pod.cs", "// class Pod\npublic class Other;", true)]
    public void A_file_is_named_after_its_type(string name, string source, bool wrong) =>
        (SourceRules.NoTypeOfThatName("src/KubeSim/" + name, source) is not null).Should().Be(wrong);

    [TestCase("Store.cs", "_observer.OnNext(1);", true)]
    [TestCase("Store.cs", "_observer?.OnNext(1);", true)]
    [TestCase("Store.cs", "source.Subscribe(observer.OnNext);", true)]
    [TestCase("Store.cs", "public void OnNext(int value) { }", false)]
    [TestCase("Store.cs", "// never call observer.OnNext( here", false)]
    [TestCase("Broadcast.cs", "_observer.OnNext(1);", false)]
    public void Only_broadcast_calls_OnNext(string name, string source, bool wrong) =>
        (SourceRules.PushesEvents("src/KubeSim/Simulation/" + name, source) is not null).Should().Be(wrong);

    [TestCase("var s = new Subject<int>();", true)]
    [TestCase("ReplaySubject<string> s;", true)]
    [TestCase("var subject = \"Subject<int>\";", false)]
    [TestCase("IConnectableObservable<int> o;", false)]
    public void A_subject_is_found(string source, bool wrong) => (SourceRules.UsesSubject("a.cs", source) is not null).Should().Be(wrong);

    [TestCase("ImmutableDictionary<string, int> d;", true)]
    [TestCase("ImmutableHashSet.Create(\"a\")", true)]
    [TestCase("ImmutableSortedDictionary<string, int> d;", false)]
    public void An_unordered_immutable_collection_is_found(string source, bool wrong) =>
        (SourceRules.UsesUnorderedImmutable("a.cs", source) is not null).Should().Be(wrong);

    [TestCase("src/KubeSim/Simulation/StableHash.cs", false)]
    [TestCase("src/KubeSim/Dataplane/Conntrack.cs", true)]
    public void Only_hashes_and_random_numbers_wrap_around(string path, bool wrong) =>
        (SourceRules.Wraps(path, "int i = unchecked(a * b);") is not null).Should().Be(wrong);

    [TestCase(new[] { 3, 1, 2 }, 2)]
    [TestCase(new[] { 4, 1, 2, 3 }, 2.5)]
    [TestCase(new int[0], 0)]
    public void The_median_is_the_middle(int[] values, double median) => SourceRules.Median(values).Should().Be(median);

    [TestCase("a // b\nc", "a     \nc")]
    [TestCase("a // b", "a     ")]
    [TestCase("a /* b\nc */ d", "a     \n     d")]
    [TestCase("a \"b\\\"c\" d", "a        d")]
    [TestCase("a @\"b\"\"\\\" d", "a         d")]
    [TestCase("a \"\"\"b \"c\" \"\"\" d", "a              d")]
    [TestCase("a '\"' b \"c\" d", "a     b     d")]
    public void Comments_and_literals_are_blanked(string source, string code) => CSharpText.CodeOnly(source).Should().Be(code);
}
