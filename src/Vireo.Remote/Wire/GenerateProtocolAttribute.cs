using Vireo.Remote;

[assembly: GenerateProtocol]

namespace Vireo.Remote;

/// <summary>Marks the assembly that the protocol generator writes codecs, dispatch and stubs into.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
sealed class GenerateProtocolAttribute : Attribute;
