using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>Pressing a domain's keys.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainKeys
{
    /// <summary>Presses keys together and lets them go after so many milliseconds.</summary>
    [Procedure(226, Write = true), CExport("virDomainSendKey")]
    [Acl(DomainRight.SendInput)]
    ValueTask SendKeysAsync(
        DomainRef domain, [Wire(WireType.UInt)] KeycodeSet codes, uint holdTime, [Bound(16)] uint[] keys, uint flags, CancellationToken cancel);
}

/// <summary>The NMI button.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainNmi
{
    /// <summary>Sends a non-maskable interrupt.</summary>
    [Procedure(210, Write = true), CExport("virDomainInjectNMI")]
    [Acl(DomainRight.InjectNmi)]
    ValueTask InjectNmiAsync(DomainRef domain, uint flags, CancellationToken cancel);
}

/// <summary>Signals for the guest's processes.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSignals
{
    /// <summary>Sends a signal to a process, by its number within the guest; negative: to a group of processes.</summary>
    [Procedure(295, Write = true), CExport("virDomainSendProcessSignal")]
    [Acl(DomainRight.SendSignal)]
    ValueTask SendSignalAsync(
        DomainRef domain, long process, [Wire(WireType.UInt)] DomainProcessSignal signal, uint flags, CancellationToken cancel);
}

/// <summary>The guest's clock.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainTime
{
    /// <summary>What time it is in the guest.</summary>
    [Procedure(337, Write = true), CExport("virDomainGetTime")]
    [Acl(DomainRight.Write)]
    ValueTask<GuestTime> GetTimeAsync(DomainRef domain, uint flags, CancellationToken cancel);

    /// <summary>Sets the guest's clock: seconds since 1970 and nanoseconds.</summary>
    [Procedure(338, Write = true), CExport("virDomainSetTime")]
    [Acl(DomainRight.SetTime)]
    ValueTask SetTimeAsync(DomainRef domain, long seconds, uint nanoseconds, DomainSetTimeFlags flags, CancellationToken cancel);
}

/// <summary>Standing still of the guest's file systems.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainFileSystemFreeze
{
    /// <summary>Freezes those that are mounted at these places, or all; says how many it froze.</summary>
    [Procedure(335, Write = true), CExport("virDomainFSFreeze")]
    [Acl(DomainRight.FsFreeze)]
    ValueTask<int> FreezeFileSystemsAsync(DomainRef domain, [Bound(256)] string[] mountPoints, uint flags, CancellationToken cancel);

    /// <summary>Lets them go on; says how many it thawed.</summary>
    [Procedure(336, Write = true), CExport("virDomainFSThaw")]
    [Acl(DomainRight.FsFreeze)]
    ValueTask<int> ThawFileSystemsAsync(DomainRef domain, [Bound(256)] string[] mountPoints, uint flags, CancellationToken cancel);
}

/// <summary>Giving back what the guest's file systems do not use.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainFileSystemTrim
{
    /// <summary>Discards free ranges of at least so many bytes; a mount point is not known to every agent.</summary>
    [Procedure(294, Write = true), CExport("virDomainFSTrim")]
    [Acl(DomainRight.FsTrim)]
    ValueTask TrimFileSystemsAsync(DomainRef domain, string? mountPoint, ulong minimum, uint flags, CancellationToken cancel);
}

/// <summary>The guest's file systems.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainFileSystems
{
    /// <summary>Where they are mounted and which disks they are on.</summary>
    [Procedure(349, Write = true, Shape = Shape.Counted), CExport("virDomainGetFSInfo")]
    [Acl(DomainRight.FsFreeze)]
    [return: Bound(256)]
    ValueTask<FileSystemInfo[]> GetFileSystemsAsync(DomainRef domain, uint flags, CancellationToken cancel);
}

/// <summary>Passwords of the guest's users.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainPasswords
{
    /// <summary>Gives a user of the guest another password.</summary>
    [Procedure(357, Write = true), CExport("virDomainSetUserPassword")]
    [Acl(DomainRight.SetPassword)]
    ValueTask SetUserPasswordAsync(DomainRef domain, string? user, string? password, DomainPasswordFlags flags, CancellationToken cancel);
}

/// <summary>What the guest's agent knows of the guest.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainGuestInformation
{
    /// <summary>Users, system, time zone, host name, file systems, disks and cards, by name.</summary>
    [Procedure(418, Write = true), CExport("virDomainGetGuestInfo")]
    [Acl(DomainRight.Write)]
    [return: Bound(2048)]
    ValueTask<TypedParameter[]> GetGuestInformationAsync(
        DomainRef domain, DomainGuestInfoTypes types, uint flags, CancellationToken cancel);
}

/// <summary>How long the guest's agent is waited for.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainAgentPatience
{
    /// <summary>In seconds, or a <see cref="DomainAgentTimeout"/>.</summary>
    [Procedure(420, Write = true), CExport("virDomainAgentSetResponseTimeout")]
    [Acl(DomainRight.Write)]
    ValueTask<int> SetAgentTimeoutAsync(DomainRef domain, int timeout, uint flags, CancellationToken cancel);
}

/// <summary>Keys by which users may log in to the guest.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainSshKeys
{
    /// <summary>A user's keys.</summary>
    [Procedure(424, Write = true), CExport("virDomainAuthorizedSSHKeysGet")]
    [Acl(DomainRight.Write)]
    [return: Bound(2048)]
    ValueTask<string[]> GetSshKeysAsync(DomainRef domain, string user, uint flags, CancellationToken cancel);

    /// <summary>Replaces, adds or removes a user's keys.</summary>
    [Procedure(425, Write = true), CExport("virDomainAuthorizedSSHKeysSet")]
    [Acl(DomainRight.Write)]
    ValueTask SetSshKeysAsync(
        DomainRef domain, string user, [Bound(2048)] string[] keys, DomainSshKeysFlags flags, CancellationToken cancel);
}
