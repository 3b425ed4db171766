using System.Runtime.InteropServices;

namespace Vireo.Core.Errors;

/// <summary>The C library's words for errno values.</summary>
public static class Errno
{
    /// <summary>strerror(3) in the C locale.</summary>
    public static string Text(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
