using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Driver.Keys;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Guests;

/// <summary>Keys, signals, interrupts and passwords: guests take them and nothing comes of it.</summary>
sealed class GuestActions(TestHost host) : DomainWork(host), IDomainKeys, IDomainNmi, IDomainSignals, IDomainPasswords, IDomainLaunchSecurity
{
    static readonly string[] SetNames = ["linux", "xt", "atset1", "atset2", "atset3", "os_x", "xt_kbd", "usb", "win32", "qnum"];

    public ValueTask SendKeysAsync(DomainRef domain, KeycodeSet codes, uint holdTime, uint[] keys, uint flags, CancellationToken cancel)
    {
        if (!Enum.IsDefined(codes))
            throw TestErrors.Refused(ErrorDomain.Domain, $"Unsupported codeset '{(int)codes}'", "virDomainSendKey", "codeset");
        flags.None("testDomainSendKey");
        SeeRunning(domain);
        foreach (uint key in keys)
            if (key > int.MaxValue || KeyMap.Translate(codes, KeycodeSet.Linux, (int)key) is null)
                throw VireoException.Internal(ErrorDomain.Test, $"invalid keycode {key} of {SetNames[(int)codes]} codeset");
        return default;
    }

    public ValueTask InjectNmiAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainInjectNMI");
        SeeRunning(domain);
        return default;
    }

    /// <summary>Only to init, which is not impressed.</summary>
    public ValueTask SendSignalAsync(DomainRef domain, long process, DomainProcessSignal signal, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainSendProcessSignal");
        if (process is not 1)
            throw VireoException.InvalidArgument(ErrorDomain.Test, "only sending a signal to pid 1 is supported");
        if (!Enum.IsDefined(signal))
            throw VireoException.InvalidArgument(ErrorDomain.Test, $"signum value {(int)signal} is out of range");
        See(domain);
        return default;
    }

    public ValueTask SetUserPasswordAsync(DomainRef domain, string? user, string? password, DomainPasswordFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainPasswordFlags.Encrypted, "testDomainSetUserPassword");
        SeeRunning(domain);
        return default;
    }

    public ValueTask<TypedParameter[]> GetLaunchSecurityInformationAsync(DomainRef domain, uint flags, CancellationToken cancel)
    {
        flags.None("testDomainGetLaunchSecurityInfo");
        return new([]);
    }
}
