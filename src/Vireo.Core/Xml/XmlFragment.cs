namespace Vireo.Core.Xml;

/// <summary>A piece of a document kept as it is: metadata, elements of foreign namespaces.</summary>
/// <param name="Text">A well-formed element, with every namespace declaration it needs.</param>
public sealed record XmlFragment(string Text);
