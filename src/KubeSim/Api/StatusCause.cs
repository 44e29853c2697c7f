namespace KubeSim.Api;

/// <summary>One of the things that are wrong with a refused object.</summary>
/// <param name="Reason">For example <c>FieldValueRequired</c>, <c>FieldValueInvalid</c>, <c>FieldValueDuplicate</c>, <c>FieldValueNotSupported</c>.</param>
/// <param name="Message">What is wrong, for example <c>Required value</c>.</param>
/// <param name="Field">Which field, for example <c>spec.ports[0].port</c>.</param>
public sealed record StatusCause(string Reason, string Message, string Field);
