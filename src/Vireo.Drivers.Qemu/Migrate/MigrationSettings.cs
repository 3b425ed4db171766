using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Status;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>The capabilities and parameters of a migration, as its flags ask for them: a pure function of what was said.</summary>
sealed record MigrationSettings
{
    /// <summary>The most MiB a second that the speed of a machine's migrations, and of copies of its disks, can be.</summary>
    internal const ulong MostMiB = long.MaxValue / MiB;

    /// <summary>The most MiB a second that QEMU can be told.</summary>
    internal const ulong MostToldMiB = ulong.MaxValue / MiB;
    const ulong MiB = 1024 * 1024;

    /// <summary>The capabilities that this driver knows, in the order of cookies.</summary>
    static readonly string[] known =
    [
        "xbzrle", "auto-converge", "rdma-pin-all", "postcopy-ram", "compress", "pause-before-switchover", "late-block-activate", "multifd", "dirty-bitmaps",
        "return-path", "zero-copy-send",
    ];

    /// <summary>On without being asked for: the first at the source, the second at the target.</summary>
    static readonly string[] automatic = ["pause-before-switchover", "late-block-activate"];

    ValueList<string> Wanted { get; init; }

    /// <summary>The parameters to set.</summary>
    internal ValueList<StatusMigrationParameter> Parameters { get; init; }

    /// <summary>Something is to be done while the guest stands still and before its state goes: the source waits there where both sides can.</summary>
    internal bool HandsOver { get; init; }

    /// <summary>What is asked for.</summary>
    /// <exception cref="VireoException">A parameter tunes what is not on.</exception>
    internal static MigrationSettings Of(MigrationOrder order, bool source)
    {
        List<string> methods = [.. order.Texts("compression")];
        if (methods.Find(static m => m is not ("xbzrle" or "mt")) is { } strange)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"Unsupported compression method '{strange}'");
        if (methods.Distinct().Count() != methods.Count)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"Compression method '{methods.GroupBy(static m => m).First(static g => g.Count() > 1).Key}' is specified twice");
        // What is named can be tuned, whether it is used or not; what is used without being named cannot.
        bool compressed = order.Has(DomainMigrateFlags.Compressed), threads = methods.Contains("mt"), cache = methods.Contains("xbzrle");

        List<string> wanted = [];
        void Want(string capability, bool when)
        {
            if (when) wanted.Add(capability);
        }
        Want("xbzrle", compressed && (cache || methods.Count == 0));
        Want("compress", compressed && threads);
        Want("auto-converge", source && order.Has(DomainMigrateFlags.AutoConverge));
        Want("rdma-pin-all", order.Has(DomainMigrateFlags.RdmaPinAll));
        Want("postcopy-ram", order.Has(DomainMigrateFlags.Postcopy));
        Want("multifd", order.Has(DomainMigrateFlags.Parallel));
        Want("zero-copy-send", source && order.Has(DomainMigrateFlags.Zerocopy));
        Want("return-path", !order.Has(DomainMigrateFlags.Tunnelled));

        List<StatusMigrationParameter> set = [];
        void Set(string name, string? value)
        {
            if (value is not null) set.Add(new StatusMigrationParameter { Name = name, Value = value });
        }
        string? Tuned(string key, bool allowed, string what)
        {
            object? value = order.All.FirstOrDefault(p => p.Name == key) is { Name: not null } given ? given.Boxed : null;
            // What is the source's alone is tuned without its flag at the target.
            if (value is not null && !allowed && (source || !key.StartsWith("auto_converge", StringComparison.Ordinal))) throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"Turn {what} on to tune it");
            return value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);
        }
        string? level = Tuned("compression.mt.level", threads, "multithread compression"), into = Tuned("compression.mt.threads", threads, "multithread compression"),
            outof = Tuned("compression.mt.dthreads", threads, "multithread compression"), size = Tuned("compression.xbzrle.cache", cache, "xbzrle compression"),
            initial = Tuned("auto_converge.initial", order.Has(DomainMigrateFlags.AutoConverge), "auto convergence"),
            increment = Tuned("auto_converge.increment", order.Has(DomainMigrateFlags.AutoConverge), "auto convergence"),
            connections = Tuned("parallel.connections", order.Has(DomainMigrateFlags.Parallel), "parallel migration");
        Set("compress-level", source ? level : null);
        Set("compress-threads", source ? into : null);
        Set("decompress-threads", source ? null : outof);
        Set("cpu-throttle-initial", source ? initial : null);
        Set("cpu-throttle-increment", source ? increment : null);
        if (!order.Has(DomainMigrateFlags.Tls))
        {
            Set("tls-creds", "");
            Set("tls-hostname", "");
        }
        Set("xbzrle-cache-size", size);
        Set("max-postcopy-bandwidth", order.Ulong("bandwidth.postcopy") is { } after ? PostcopySpeedOf(after) : null);
        Set("multifd-channels", connections);
        return new MigrationSettings { Wanted = [.. wanted], Parameters = [.. set] };
    }

    /// <summary>MiB a second in bytes.</summary>
    /// <exception cref="VireoException">More than can be.</exception>
    internal static string Bytes(ulong mebibytes, ulong most = MostMiB, string what = "bandwidth") => mebibytes > most
        ? throw TooMuch(what, most + 1)
        : (mebibytes * MiB).ToString(CultureInfo.InvariantCulture);

    /// <summary>How fast memory is sent, in bytes a second: more than QEMU can be told is as fast as it goes.</summary>
    internal static string SpeedOf(ulong mebibytes) => Bytes(Math.Min(mebibytes, MostToldMiB), MostToldMiB);

    /// <summary>How fast memory is sent after the guest is at the target, in bytes a second.</summary>
    /// <exception cref="VireoException">More than QEMU can be told.</exception>
    internal static string PostcopySpeedOf(ulong mebibytes) => Bytes(mebibytes, MostToldMiB, "migration parameter 'bandwidth.postcopy'");

    /// <summary>How fast disks are copied, in bytes a second.</summary>
    /// <exception cref="VireoException">More than QEMU can be told. (libvirt's words name the most that is taken.)</exception>
    internal static ulong CopySpeedOf(ulong mebibytes) => mebibytes > MostMiB ? throw TooMuch("bandwidth", MostMiB) : mebibytes * MiB;

    static VireoException TooMuch(string what, ulong bound) => new(ErrorCode.Overflow, ErrorDomain.Qemu, $"{what} must be less than {bound}");

    internal MigrationSettings With(string name, string value) => this with
    {
        Parameters = [.. Parameters.Where(p => p.Name != name), new StatusMigrationParameter { Name = name, Value = value }],
    };

    /// <summary>With TLS, whose certificate has to name a host; empty: the one that QEMU connects to.</summary>
    internal MigrationSettings WithTls(string host) => With("tls-creds", MigrationTls.Alias).With("tls-hostname", host);

    internal MigrationSettings Wanting(string capability) => this with { Wanted = [.. Wanted, capability] };

    /// <summary>What an emulator offers, as a cookie tells it.</summary>
    internal static ValueList<CookieCapability> Offer(ValueList<MigrateCapability> offered, bool source)
    {
        var all = offered.Select(static one => one.Name).ToHashSet(StringComparer.Ordinal);
        return [.. known.Where(all.Contains).Select(name => new CookieCapability { Name = name, Auto = name == automatic[source ? 0 : 1] })];
    }

    /// <summary>Every capability that the emulator has, on or off.</summary>
    /// <param name="offered">What the emulator has.</param>
    /// <param name="other">What the other side told; null: nothing.</param>
    /// <param name="source">Which side this is.</param>
    /// <exception cref="VireoException">One that is wanted is not there.</exception>
    ValueList<MigrateCapability> Capabilities(IEnumerable<string> offered, CookieCapabilities? other, bool source)
    {
        var mine = offered.ToHashSet(StringComparer.Ordinal);
        HashSet<string>? theirs = other is null ? null : [.. other.All.Select(static c => c.Name)];
        foreach (string name in Wanted)
        {
            // Answers on the way back make it safer, but every side can do without.
            if (name == "return-path") continue;
            if (!mine.Contains(name)) throw QemuErrors.ArgumentUnsupported($"Migration option '{name}' is not supported by QEMU binary");
            if (theirs is not null && !theirs.Contains(name))
                throw QemuErrors.ArgumentUnsupported($"Migration option '{name}' is not supported by {(source ? "target" : "source")} QEMU binary");
        }
        string alone = automatic[source ? 0 : 1], needed = automatic[source ? 1 : 0];
        bool automaticOn = (HandsOver || !source) && mine.Contains(alone) && theirs?.Contains(needed) is true;
        return [.. known.Where(mine.Contains).Select(name => new MigrateCapability(name, Wanted.Contains(name) || (automaticOn && name == alone)))];
    }

    // QEMU's monitor takes its commands letter by letter, each of them through several calls of the system: what is so already is not said.
    static async ValueTask SwitchAsync(QmpMonitor monitor, IEnumerable<MigrateCapability> wanted, ValueList<MigrateCapability> now, CancellationToken cancel)
    {
        ValueList<MigrateCapability> changed = [.. wanted.Where(one => !now.Contains(one))];
        if (!changed.IsEmpty) await monitor.RunAsync(new MigrateSetCapabilities(changed), cancel).ConfigureAwait(false);
    }

    static async ValueTask SetAsync(QmpMonitor monitor, IEnumerable<StatusMigrationParameter> wanted, ValueList<StatusMigrationParameter> now, CancellationToken cancel)
    {
        ValueList<StatusMigrationParameter> changed = [.. wanted.Where(one => !now.Any(n => n.Name == one.Name && n.Value == one.Value))];
        if (!changed.IsEmpty) await monitor.RunAsync(new MigrateSetParameters(changed), cancel).ConfigureAwait(false);
    }

    /// <summary>Sets everything.</summary>
    /// <param name="monitor">The QEMU.</param>
    /// <param name="offered">Its capabilities, as they are.</param>
    /// <param name="before">Its parameters, as they are, to be put back afterwards.</param>
    /// <param name="other">What the other side told; null: nothing.</param>
    /// <param name="source">Which side this is.</param>
    /// <param name="cancel">Gives up.</param>
    internal async ValueTask ApplyAsync(
        QmpMonitor monitor, ValueList<MigrateCapability> offered, ValueList<StatusMigrationParameter> before, CookieCapabilities? other, bool source, CancellationToken cancel)
    {
        await SwitchAsync(monitor, Capabilities(offered.Select(static one => one.Name), other, source), offered, cancel).ConfigureAwait(false);
        var there = before.Select(static p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var one in Parameters)
            if (!there.Contains(one.Name))
                throw QemuErrors.ArgumentUnsupported($"Migration parameter '{one.Name}' is not supported by QEMU binary");
        await SetAsync(monitor, Parameters, before, cancel).ConfigureAwait(false);
    }

    /// <summary>Puts back what was there before.</summary>
    /// <param name="monitor">The QEMU.</param>
    /// <param name="before">What was there.</param>
    /// <param name="flags">Those of the migration: with TLS its objects go.</param>
    /// <param name="cancel">Gives up.</param>
    internal static async ValueTask ResetAsync(QmpMonitor monitor, ValueList<StatusMigrationParameter> before, DomainMigrateFlags flags, CancellationToken cancel)
    {
        var offered = await monitor.RunAsync(new QueryMigrateCapabilities(), cancel).ConfigureAwait(false);
        await SwitchAsync(monitor, known.Where(name => offered.Any(one => one.Name == name)).Select(static name => new MigrateCapability(name, false)), offered, cancel).ConfigureAwait(false);
        if (!before.IsEmpty)
            await SetAsync(monitor, before, await monitor.RunAsync(new QueryMigrateParameters(), cancel).ConfigureAwait(false), cancel).ConfigureAwait(false);
        if (flags.HasFlag(DomainMigrateFlags.Tls))
            await MigrationTls.RemoveAsync(monitor).ConfigureAwait(false);
    }

    /// <summary>What an emulator offers and what of it is on, its events among that.</summary>
    internal static async ValueTask<ValueList<MigrateCapability>> OfferedAsync(QmpMonitor monitor, CancellationToken cancel)
    {
        var all = await monitor.RunAsync(new QueryMigrateCapabilities(), cancel).ConfigureAwait(false);
        if (all.Contains(new MigrateCapability("events", false)))
            await monitor.RunAsync(new MigrateSetCapability("events", true), cancel).ConfigureAwait(false);
        return all;
    }
}
