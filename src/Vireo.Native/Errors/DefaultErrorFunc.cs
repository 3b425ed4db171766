using System.Text;
using Vireo.Core.Errors;
using Vireo.Native.Interop;

namespace Vireo.Native.Errors;

/// <summary>What is printed where nobody wants to be told.</summary>
static unsafe class DefaultErrorFunc
{
    /// <summary>One line on standard error.</summary>
    internal static void Print(CError* error)
    {
        if (error is null || error->Code is 0)
            return;
        string level = (ErrorLevel)error->Level switch { ErrorLevel.Warning => "warning", ErrorLevel.Error => "error", _ => "" };
        string message = CMemory.Read(error->Message) ?? "No error message provided";
        string line = $"libvirt: {((ErrorDomain)error->Domain).Text()} {level} : {message}";
        if (error->Code is (int)ErrorCode.XmlDetail && error->Domain is (int)ErrorDomain.Xml && error->Int1 is not 0)
            line = $"libvirt: {ErrorDomain.Xml.Text()} {level} : line {error->Int1}: {message}";
        else if (!line.EndsWith('\n'))
            line += "\n";
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        fixed (byte* at = bytes)
            _ = Libc.write(2, at, (nuint)bytes.Length);
    }
}
