using System.Reflection;
using System.Text.Json;
using KubeSim.Api;
using KubeSim.Collections;

namespace KubeSim.Tests.Api;

public sealed class FieldMapTests
{
    private static IEnumerable<Type> MappedRecords() => typeof(KubernetesObject).Assembly.GetTypes()
        .Where(type => type.Namespace == "KubeSim.Api" && MapOf(type) is not null).OrderBy(type => type.Name, StringComparer.Ordinal);

    [TestCaseSource(nameof(MappedRecords))]
    public void Every_property_of_a_record_is_written_and_read_back(Type record)
    {
        object full = Full(record);

        JsonValue json = Write(full);

        object read = Read(record, json, out List<UnknownField> unknown);
        read.Should().Be(full);
        unknown.Select(field => field.Path).Should().Equal("carried");
        JsonValue without = JsonValue.OfObject(json.Fields.Where(field => field.Name != "carried").ToEquatableArray());
        without.Fields.Length.Should().Be(Settable(record).Length - 1, "each property beside Carried has a field of its own");
    }

    [TestCaseSource(nameof(MappedRecords))]
    public void An_empty_object_reads_as_a_record_that_is_written_as_empty_again(Type record)
    {
        object empty = Read(record, JsonValue.OfObject(default), out _);

        JsonValue json = Write(empty);

        Read(record, json, out _).Should().Be(empty);
    }

    [TestCaseSource(nameof(MappedRecords))]
    public void Null_is_the_same_as_absent(Type record)
    {
        JsonValue nulls = JsonValue.OfObject(Write(Full(record)).Fields.Where(field => field.Name != "carried").Select(field => field with { Value = JsonValue.Null }).ToEquatableArray());

        Read(record, nulls, out List<UnknownField> unknown).Should().Be(Read(record, JsonValue.OfObject(default), out _));
        unknown.Should().BeEmpty();
    }

    [TestCaseSource(nameof(MappedRecords))]
    public void A_field_of_another_kind_is_refused_with_its_name(Type record)
    {
        foreach (JsonField field in Write(Full(record)).Fields.Where(field => field.Name != "carried"))
        {
            JsonValue wrong = field.Value.Kind == JsonValueKind.True ? JsonValue.OfText("true") : JsonValue.OfBoolean(true);
            JsonValue json = JsonValue.OfObject([field with { Value = wrong }]);

            FluentActions.Invoking(() => Read(record, json, out _)).Should().Throw<TargetInvocationException>()
                .WithInnerException<ObjectFormatException>().Which.FieldPath.Should().Be(field.Name);
        }
    }

    private static MethodInfo? MapOf(Type type) => type.GetMethod("Map", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public, [typeof(FieldMap), type]);

    private static PropertyInfo[] Settable(Type record) => [.. record.GetProperties().Where(property => property.CanWrite)];

    /// <summary>A record with a value of its own in every property.</summary>
    private static object Full(Type record)
    {
        object value = Activator.CreateInstance(record)!;
        foreach (PropertyInfo property in Settable(record))
        {
            property.SetValue(value, Sample(property.PropertyType, property.Name));
        }

        return value;
    }

    private static object Sample(Type type, string name)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(string) => "text of " + name,
            _ when plain == typeof(bool) => true,
            _ when plain == typeof(int) => 10 + name.Length,
            _ when plain == typeof(long) => 100L + name.Length,
            _ when plain == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 1 + name.Length, 12, 0, 0, TimeSpan.Zero),
            _ when plain == typeof(LabelSet) => LabelSet.Of("key", name),
            _ when plain == typeof(IntOrString) => new IntOrString(name),
            _ when plain == typeof(CarriedFields) => new CarriedFields([new JsonField("carried", JsonValue.OfList([JsonValue.OfText(name), JsonValue.Null]))]),
            _ when plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(EquatableArray<>) => ListOf(plain.GetGenericArguments()[0], name),
            _ => WithoutCarried(Full(plain)),
        };
    }

    private static object ListOf(Type element, string name)
    {
        var items = Array.CreateInstance(element, 2);
        items.SetValue(element == typeof(string) ? name + " 1" : WithoutCarried(Full(element)), 0);
        items.SetValue(element == typeof(string) ? name + " 2" : WithoutCarried(Full(element)), 1);
        return typeof(EquatableArray).GetMethod(nameof(EquatableArray.ToEquatableArray))!.MakeGenericMethod(element).Invoke(null, [items])!;
    }

    private static object WithoutCarried(object record)
    {
        record.GetType().GetProperty("Carried")?.SetValue(record, default(CarriedFields));
        return record;
    }

    private static JsonValue Write(object record) => (JsonValue)Call("Write", record.GetType(), record, Mapping(record.GetType()));

    private static object Read(Type record, JsonValue json, out List<UnknownField> unknown)
    {
        unknown = [];
        return Call("Read", record, json, Mapping(record), unknown);
    }

    private static object Call(string method, Type record, params object[] arguments) =>
        typeof(FieldMap).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(record).Invoke(null, arguments)!;

    private static Delegate Mapping(Type record) => MapOf(record)!.CreateDelegate(typeof(FieldMap.Mapping<>).MakeGenericType(record));
}
