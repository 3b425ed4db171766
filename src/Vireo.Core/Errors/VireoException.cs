namespace Vireo.Core.Errors;

/// <summary>
/// Whatever a caller may meet: always libvirt's code, the domain it comes from, and a message in libvirt's wording.
/// Made by named factories beside the feature that fails, so that code and wording stand together.
/// </summary>
public class VireoException : Exception
{
    /// <summary>Wraps an error, for instance one that a daemon sent.</summary>
    public VireoException(VirError error, Exception? inner = null) : base(error.Message, inner) => Error = error;

    /// <summary>Makes the message from the code's template and <paramref name="detail"/>.</summary>
    public VireoException(ErrorCode code, ErrorDomain domain, string? detail = null, Exception? inner = null)
        : this(VirError.Of(code, domain, detail), inner) { }

    /// <summary>The whole error, as it travels.</summary>
    public VirError Error { get; }

    /// <summary>libvirt's number.</summary>
    public ErrorCode Code => Error.Code;

    /// <summary>Where it comes from.</summary>
    public ErrorDomain Domain => Error.Domain;

    /// <summary>"this function is not supported by the connection driver: NAME".</summary>
    public static VireoException NoSupport(string function, ErrorDomain domain = ErrorDomain.None) =>
        new(ErrorCode.NoSupport, domain, function);

    /// <summary>An argument that no caller should pass: "invalid argument: DETAIL".</summary>
    public static VireoException InvalidArgument(ErrorDomain domain, string detail) => new(ErrorCode.InvalidArg, domain, detail);

    /// <summary>Flags that a function does not know, in hexadecimal: "unsupported flags (0x5) in function NAME".</summary>
    public static VireoException UnsupportedFlags(uint flags, string function, ErrorDomain domain) =>
        new(new VirError(ErrorCode.InvalidArg, domain, $"unsupported flags (0x{flags:x}) in function {function}",
            Str1: function, Str2: "flags", Int1: 0, Int2: 0));

    /// <summary>The wrong moment: "Requested operation is not valid: DETAIL".</summary>
    public static VireoException OperationInvalid(ErrorDomain domain, string detail) => new(ErrorCode.OperationInvalid, domain, detail);

    /// <summary>Our own fault, or a fault of what we drive: "internal error: DETAIL".</summary>
    public static VireoException Internal(ErrorDomain domain, string detail, Exception? inner = null) =>
        new(ErrorCode.InternalError, domain, detail, inner);

    /// <summary>A system call that failed: "TEXT: strerror", with the errno in <see cref="VirError.Int1"/>.</summary>
    public static VireoException System(ErrorDomain domain, int errno, string text) =>
        new(VirError.Of(ErrorCode.SystemError, domain, $"{text}: {Errno.Text(errno)}", errno));
}
