using System.Xml.Linq;
using KubeSim.Simulation;

namespace KubeSim.Tests.Tidy;

/// <summary>The compiler refuses a public member without any documentation; this refuses one whose documentation says nothing.</summary>
public sealed class DocumentationTests
{
    [Test]
    public void Every_public_type_member_and_enum_value_is_documented() =>
        XmlDocumentation.Of(typeof(DeterministicRandom).Assembly).Silent(typeof(DeterministicRandom).Assembly.GetTypes()).Should().BeEmpty();

    [Test]
    public void What_says_nothing_is_found()
    {
        var file = XDocument.Parse("""
            <doc><members>
              <member name="T:KubeSim.Tests.Tidy.Fixtures.Colour"><summary>A colour.</summary></member>
              <member name="F:KubeSim.Tests.Tidy.Fixtures.Colour.Red"><summary>The colour of blood.</summary></member>
              <member name="F:KubeSim.Tests.Tidy.Fixtures.Colour.Green"><summary> </summary></member>
              <member name="T:KubeSim.Tests.Tidy.Fixtures.Paint`1"><summary>A paint.</summary></member>
              <member name="P:KubeSim.Tests.Tidy.Fixtures.Paint`1.Tin"><inheritdoc/></member>
              <member name="M:KubeSim.Tests.Tidy.Fixtures.Paint`1.Mix``1(`0,System.Collections.Generic.List{``0}@)"><summary><see cref="T:X"/></summary></member>
            </members></doc>
            """);
        new XmlDocumentation(file).Silent([typeof(Fixtures.Colour), typeof(Fixtures.Paint<>)]).Should().Equal(
            "F:KubeSim.Tests.Tidy.Fixtures.Colour.Blue", "F:KubeSim.Tests.Tidy.Fixtures.Colour.Green",
            "F:KubeSim.Tests.Tidy.Fixtures.Paint`1.Dry", "M:KubeSim.Tests.Tidy.Fixtures.Paint`1.#ctor(System.Int32)");
    }
}
