using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Storage.Programs;
using Vireo.Host.Processes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Iscsi;

/// <summary>The host's initiator, by open-iscsi's program.</summary>
sealed class IscsiInitiator(StoragePrograms programs)
{
    const string Program = "iscsiadm";
    const int NothingThere = 21;    // ISCSI_ERR_NO_OBJS_FOUND of open-iscsi

    /// <summary>The session with a target; null: there is none.</summary>
    public async ValueTask<string?> FindSessionAsync(string target, CancellationToken cancel)
    {
        FinishedProgram run = await programs.TryAsync(Program, ["--mode", "session"], cancel).ConfigureAwait(false);
        return run.Status.Code == NothingThere ? null : IscsiText.SessionOf(run.Checked().Output, target);
    }

    /// <summary>Lets the kernel look for disks that the target has got since.</summary>
    public async ValueTask RescanAsync(string session, CancellationToken cancel) => await RunAsync(["--mode", "session", "-r", session, "-R"], cancel).ConfigureAwait(false);

    /// <summary>Logs in at a target, which gets a record of its own first: a name that the host has not learnt cannot be logged in at.</summary>
    public async ValueTask LoginAsync(string portal, string target, string? initiator, IscsiLogin? login, CancellationToken cancel)
    {
        await RunAsync(IscsiText.Node(portal, target, "--op", "new"), cancel).ConfigureAwait(false);
        if (login is not null)
        {
            byte[] value = await login.ValueAsync(cancel).ConfigureAwait(false);
            string password = Encoding.UTF8.GetString(value);
            CryptographicOperations.ZeroMemory(value);
            foreach ((string name, string text) in new[] { ("authmethod", "CHAP"), ("username", login.User), ("password", password) })
                await RunAsync(IscsiText.Update(portal, target, "node.session.auth." + name, text), cancel, isSecret: name is "password").ConfigureAwait(false);
        }
        await RunAsync(IscsiText.Node(portal, target, ["--login", .. await AsAsync(portal, initiator, cancel).ConfigureAwait(false)]), cancel).ConfigureAwait(false);
    }

    /// <summary>Logs out.</summary>
    public async ValueTask LogoutAsync(string portal, string target, string? initiator, CancellationToken cancel)
    {
        string[] through = await ThroughAsync(initiator, cancel).ConfigureAwait(false);
        await RunAsync(IscsiText.Node(portal, target, ["--logout", .. through]), cancel).ConfigureAwait(false);
    }

    /// <summary>The targets of a server. The host's records stay as they are.</summary>
    public async ValueTask<IReadOnlyList<string>> FindTargetsAsync(string portal, string? initiator, CancellationToken cancel)
    {
        string[] through = await ThroughAsync(initiator, cancel).ConfigureAwait(false);
        return IscsiText.Targets((await RunAsync(IscsiText.Discovery(portal, ["--op", "nonpersistent", .. through]), cancel).ConfigureAwait(false)).Output);
    }

    /// <summary>Options that make a command speak for an initiator; an interface that does is made if there is none, and the server asked through it once.</summary>
    async ValueTask<IReadOnlyList<string>> AsAsync(string portal, string? initiator, CancellationToken cancel)
    {
        if (initiator is null)
            return [];
        if (await FindInterfaceAsync(initiator, cancel).ConfigureAwait(false) is { } known)
            return ["--interface", known];
        string made = string.Create(CultureInfo.InvariantCulture, $"libvirt-iface-{RandomNumberGenerator.GetInt32(int.MaxValue):x8}");
        await RunAsync(["--mode", "iface", "--interface", made, "--op", "new"], cancel).ConfigureAwait(false);
        await RunAsync(["--mode", "iface", "--interface", made, "--op", "update", "--name", "iface.initiatorname", "--value", initiator], cancel).ConfigureAwait(false);
        string found = await RequireInterfaceAsync(initiator, cancel).ConfigureAwait(false);
        await RunAsync(IscsiText.Discovery(portal, "--interface", found), cancel).ConfigureAwait(false);
        return ["--interface", found];
    }

    /// <summary>Options that make a command speak for an initiator, whose interface must be there.</summary>
    async ValueTask<string[]> ThroughAsync(string? initiator, CancellationToken cancel) =>
        initiator is null ? [] : ["--interface", await RequireInterfaceAsync(initiator, cancel).ConfigureAwait(false)];

    async ValueTask<string> RequireInterfaceAsync(string initiator, CancellationToken cancel) =>
        await FindInterfaceAsync(initiator, cancel).ConfigureAwait(false) ?? throw StorageErrors.Failed($"no iSCSI interface defined for IQN {initiator}");

    async ValueTask<string?> FindInterfaceAsync(string initiator, CancellationToken cancel) =>
        IscsiText.InterfaceOf((await RunAsync(["--mode", "iface"], cancel).ConfigureAwait(false)).Output, initiator);

    async ValueTask<FinishedProgram> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel, bool isSecret = false)
    {
        FinishedProgram run = await programs.TryAsync(Program, arguments, cancel).ConfigureAwait(false);
        if (isSecret && !run.Status.IsSuccess)      // its command line is no text for a message
            throw StorageErrors.Internal($"iscsiadm did not take the password: exit status {run.Status.Code}");
        return run.Checked();
    }
}

/// <summary>Who logs in at a target, and the secret with the password.</summary>
/// <param name="User">By name.</param>
/// <param name="Which">The secret.</param>
/// <param name="Secrets">Has it.</param>
sealed record IscsiLogin(string User, SecretLookup Which, ISecretValues Secrets)
{
    /// <summary>The password; the caller wipes it.</summary>
    public ValueTask<byte[]> ValueAsync(CancellationToken cancel) => Secrets.GetValueAsync(Which, SecretUsageType.Iscsi, cancel);
}
