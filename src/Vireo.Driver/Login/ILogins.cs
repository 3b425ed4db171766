using Vireo.Core.Errors;

namespace Vireo.Driver.Login;

/// <summary>How whoever opens a connection proves to a hypervisor that asks for it who it is: a file of credentials, or somebody who can be asked.</summary>
public interface ILogins
{
    /// <summary>The user's name.</summary>
    /// <param name="service">The kind of hypervisor as files of credentials call it: "test", "esx".</param>
    /// <param name="host">The host.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="VireoException"><see cref="ErrorCode.InvalidArg"/>: nobody can be asked; <see cref="ErrorCode.AuthFailed"/>: who was asked did not say.</exception>
    ValueTask<string> GetUserAsync(string service, string host, CancellationToken cancel);

    /// <summary>The user's password; parameters and errors are those of <see cref="GetUserAsync"/>.</summary>
    ValueTask<string> GetPasswordAsync(string service, string host, string user, CancellationToken cancel);

    /// <summary>That nobody can be asked, in libvirt's words.</summary>
    static VireoException Missing() => VireoException.InvalidArgument(ErrorDomain.Auth, "Missing authentication credentials");
}
