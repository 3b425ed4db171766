using Microsoft.Win32.SafeHandles;

namespace Vireo.Driver;

/// <summary>The result of a call that opens a stream, and the driver's end of that stream.</summary>
/// <typeparam name="T">The result's type.</typeparam>
/// <param name="Result">What the reply says.</param>
/// <param name="Handler">The driver's end.</param>
public readonly record struct WithStream<T>(T Result, IStreamHandler Handler);

/// <summary>A result and the descriptors that go with it, at most 32. They belong to whoever gets this.</summary>
/// <typeparam name="T">The result's type.</typeparam>
/// <param name="Result">What the reply says.</param>
/// <param name="Files">The descriptors.</param>
public readonly record struct WithFiles<T>(T Result, SafeFileHandle[] Files);
