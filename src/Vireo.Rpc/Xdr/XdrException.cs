namespace Vireo.Rpc.Xdr;

/// <summary>Bytes that are not the value they should be: too short, or a length above its bound.</summary>
public sealed class XdrException(string message) : Exception(message);
