using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Remote;
using Vireo.Remote.Calls;
using Xunit;

namespace Vireo.Tests.Remote;

/// <summary>A client that leads a migration: which side is told what, and when, whichever step fails.</summary>
public class MigrationTests
{
    static readonly DomainRef machine = new("guest", new Uuid(new byte[16]), 3);

    [Fact]
    public void The_steps_go_to_both_sides_by_turns_with_each_others_cookies() => Same("""
        source begin flags LiveChangeProtection
        target prepare flags Live cookie begun uri asked
        source perform flags LiveChangeProtection cookie prepared uri said
        target finish flags Live cookie performed cancelled False as guest
        source confirm flags LiveChangeProtection cookie finished cancelled False
        moved guest
        """, new Sides());

    [Fact]
    public void A_paused_machine_stays_so() => Assert.Contains("target prepare flags Live, Paused", Run(new Sides { State = DomainState.Paused }), StringComparison.Ordinal);

    [Fact]
    public void A_machine_that_does_not_run_is_not_sent() =>
        Assert.DoesNotContain("perform", Run(new Sides(), DomainMigrateFlags.Offline | DomainMigrateFlags.PersistDest), StringComparison.Ordinal);

    [Fact]
    public void A_target_that_is_not_ready_ends_it_at_the_source() => Same("""
        source begin flags LiveChangeProtection
        target prepare flags Live cookie begun uri asked
        source confirm flags LiveChangeProtection cookie  cancelled True
        internal error: prepare
        """, new Sides { Fails = "prepare" });

    [Fact]
    public void A_source_that_cannot_guard_hears_nothing_of_a_target_that_is_not_ready() => Same("""
        source begin flags Live
        target prepare flags Live cookie begun uri asked
        internal error: prepare
        """, new Sides { Fails = "prepare", Lacks = DriverFeature.MigrateChangeProtection });

    [Fact]
    public void A_source_that_failed_to_send_knows_it() => Same("""
        source begin flags LiveChangeProtection
        target prepare flags Live cookie begun uri asked
        source perform flags LiveChangeProtection cookie prepared uri said
        target finish flags Live cookie  cancelled True as guest
        internal error: perform
        """, new Sides { Fails = "perform" });

    [Fact]
    public void A_machine_that_does_not_run_at_the_target_runs_on_at_the_source() => Same("""
        source begin flags LiveChangeProtection
        target prepare flags Live cookie begun uri asked
        source perform flags LiveChangeProtection cookie prepared uri said
        target finish flags Live cookie performed cancelled False as guest
        source confirm flags LiveChangeProtection cookie  cancelled True
        internal error: finish
        """, new Sides { Fails = "finish" });

    [Fact]
    public void A_confirmation_that_is_lost_changes_nothing() => Assert.EndsWith("moved guest", Run(new Sides { Fails = "confirm" }), StringComparison.Ordinal);

    [Fact]
    public void A_target_that_does_not_say_where_it_listens_is_left() =>
        Assert.EndsWith("internal error: domainMigratePrepare3 did not set uri", Run(new Sides { Says = null, Asks = null }), StringComparison.Ordinal);

    [Theory]
    [InlineData(DriverFeature.MigrationV3, DomainMigrateFlags.Live, ErrorCode.NoSupport)]
    [InlineData(DriverFeature.MigrationOffline, DomainMigrateFlags.Offline, ErrorCode.ArgumentUnsupported)]
    [InlineData(DriverFeature.MigrationP2p, DomainMigrateFlags.PeerToPeer, ErrorCode.NoSupport)]
    [InlineData(DriverFeature.MigrateChangeProtection, DomainMigrateFlags.ChangeProtection, ErrorCode.ArgumentUnsupported)]
    [InlineData(DriverFeature.XmlMigratable, DomainMigrateFlags.Tunnelled, ErrorCode.OperationInvalid)]
    [InlineData(DriverFeature.XmlMigratable, DomainMigrateFlags.NonSharedDisk | DomainMigrateFlags.NonSharedInc, ErrorCode.InvalidArg)]
    [InlineData(DriverFeature.XmlMigratable, DomainMigrateFlags.NonSharedSynchronousWrites, ErrorCode.InvalidArg)]
    public void What_cannot_be_done_is_refused_before_the_first_step(DriverFeature lacking, DomainMigrateFlags flags, ErrorCode code)
    {
        var sides = new Sides { Lacks = lacking };
        var side = new Side(sides, "source");
        Assert.Equal(code, Assert.Throws<VireoException>(() => Done(ClientMigration.MoveAsync(side, new Side(sides, "target"), Request(sides, flags), default))).Code);
        Assert.Empty(sides.Told);
    }

    [Theory]
    [InlineData("qemu://host/system", true), InlineData("qemu+unix:///system?socket=/a", true), InlineData("qemu+tcp://127.0.0.1/system", true)]
    [InlineData("qemu:///system", false), InlineData("qemu+unix:///system", false), InlineData("qemu+ssh://localhost.localdomain/system", false), InlineData("qemu+unix://localhost/system?socket=/a", false)]
    public void A_source_that_leads_goes_to_another_host(string target, bool other)
    {
        var sides = new Sides();
        MigrationRequest request = Request(sides, DomainMigrateFlags.PeerToPeer) with { TargetUri = target };
        VireoException? refused = Record.Exception(() => Done(ClientMigration.MoveToUriAsync(new Side(sides, "source"), request, default))) as VireoException;
        Assert.Equal(other ? null : "Attempt to migrate guest to the same host", refused?.Message);
        Assert.Equal(other ? [$"source perform flags PeerToPeer cookie  uri asked at {target}"] : [], sides.Told);
    }

    [Fact]
    public void Parameters_that_an_older_daemon_does_not_know_are_refused()
    {
        var sides = new Sides { Lacks = DriverFeature.MigrationParams };
        MigrationRequest request = Request(sides, DomainMigrateFlags.Live) with { Parameters = [new("migrate_uri", "asked"), new("bandwidth", 4ul)] };
        Assert.Equal("guest", Done(ClientMigration.MoveAsync(new Side(sides, "source"), new Side(sides, "target"), request, default)).Name);
        request = request with { Parameters = [new("listen_address", "::")] };
        Assert.Equal(ErrorCode.ArgumentUnsupported,
            Assert.Throws<VireoException>(() => Done(ClientMigration.MoveAsync(new Side(sides, "source"), new Side(sides, "target"), request, default))).Code);
    }

    static MigrationRequest Request(Sides sides, DomainMigrateFlags flags) => new(machine, flags) { Function = "virDomainMigrate", Uri = sides.Asks };

    static void Same(string told, Sides sides) => Assert.Equal(told, Run(sides));

    static string Run(Sides sides, DomainMigrateFlags flags = DomainMigrateFlags.Live)
    {
        try
        {
            DomainRef moved = Done(ClientMigration.MoveAsync(new Side(sides, "source"), new Side(sides, "target"), Request(sides, flags), default));
            sides.Told.Add($"moved {moved.Name}");
        }
        catch (VireoException e)
        {
            sides.Told.Add(e.Message);
        }
        return string.Join('\n', sides.Told).Replace("Live, ChangeProtection", "LiveChangeProtection", StringComparison.Ordinal);
    }

    static T Done<T>(ValueTask<T> call)
    {
        Assert.True(call.IsCompleted);
        return call.GetAwaiter().GetResult();
    }

    static bool Done(ValueTask call)
    {
        Assert.True(call.IsCompleted);
        call.GetAwaiter().GetResult();
        return true;
    }

    /// <summary>What both sides are like, and what they were told.</summary>
    sealed class Sides
    {
        internal List<string> Told { get; } = [];
        internal DriverFeature? Lacks { get; init; }
        internal string? Fails { get; init; }
        internal string? Asks { get; init; } = "asked";
        internal string? Says { get; init; } = "said";
        internal DomainState State { get; init; } = DomainState.Running;

        internal void Tell(string side, string step, string what)
        {
            Told.Add($"{side} {step} {what}");
            if (Fails == step)
                throw VireoException.Internal(ErrorDomain.Qemu, step);
        }
    }

    sealed class Side : IDriverConnection, IDaemonFeatures, IDomainMigrationV3
    {
        readonly Sides sides;
        readonly string name;

        internal Side(Sides sides, string name)
        {
            (this.sides, this.name) = (sides, name);
            Capabilities = CapabilitySet.Of<IDomainMigrationV3>(this).And<IDomainInfo>(new States(sides));
        }

        public string Uri => "fake:///";
        public CapabilitySet Capabilities { get; }
        public ValueTask DisposeAsync() => default;
        public ValueTask<bool> HasAsync(DriverFeature feature, CancellationToken cancel) => new(feature != sides.Lacks);

        static string Text(byte[] cookie) => System.Text.Encoding.ASCII.GetString(cookie);

        public ValueTask<MigrationBegun> BeginAsync(DomainRef domain, string? xml, DomainMigrateFlags flags, string? asName, ulong bandwidth, CancellationToken cancel)
        {
            sides.Tell(name, "begin", $"flags {flags}");
            return new(new MigrationBegun("begun"u8.ToArray(), "<domain/>"));
        }

        public ValueTask<MigrationPrepared> PrepareAsync(
            byte[] cookie, string? uri, DomainMigrateFlags flags, string? asName, ulong bandwidth, string xml, CancellationToken cancel)
        {
            sides.Tell(name, "prepare", $"flags {flags} cookie {Text(cookie)} uri {uri}");
            return new(new MigrationPrepared("prepared"u8.ToArray(), sides.Says));
        }

        public ValueTask<byte[]> PerformAsync(
            DomainRef domain, string? xml, byte[] cookie, string? targetUri, string? uri, DomainMigrateFlags flags, string? asName, ulong bandwidth, CancellationToken cancel)
        {
            sides.Tell(name, "perform", $"flags {flags} cookie {Text(cookie)} uri {uri}{(targetUri is null ? "" : $" at {targetUri}")}");
            return new("performed"u8.ToArray());
        }

        public ValueTask<MigrationFinished> FinishAsync(
            string asName, byte[] cookie, string? targetUri, string? uri, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel)
        {
            sides.Tell(name, "finish", $"flags {flags} cookie {Text(cookie)} cancelled {cancelled} as {asName}");
            return new(new MigrationFinished(machine, "finished"u8.ToArray()));
        }

        public ValueTask ConfirmAsync(DomainRef domain, byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel)
        {
            sides.Tell(name, "confirm", $"flags {flags} cookie {Text(cookie)} cancelled {cancelled}");
            return default;
        }
    }

    /// <summary>The machine at the source.</summary>
    sealed class States(Sides sides) : IDomainInfo
    {
        public ValueTask<string> GetXmlAsync(DomainRef domain, DomainXmlFlags flags, CancellationToken cancel) => new("<domain/>");
        public ValueTask<DomainInfo> GetInfoAsync(DomainRef domain, CancellationToken cancel) => new(new DomainInfo(sides.State, 1, 1, 1, 0));
        public ValueTask<DomainStateReason> GetStateAsync(DomainRef domain, uint flags, CancellationToken cancel) => new(new DomainStateReason(sides.State, 0));
        public ValueTask<string> GetOsTypeAsync(DomainRef domain, CancellationToken cancel) => new("hvm");
        public ValueTask<ulong> GetMaxMemoryAsync(DomainRef domain, CancellationToken cancel) => new(1UL);
        public ValueTask<DomainControlInfo> GetControlInfoAsync(DomainRef domain, uint flags, CancellationToken cancel) => default;
        public ValueTask<bool> IsActiveAsync(DomainRef domain, CancellationToken cancel) => new(true);
        public ValueTask<bool> IsPersistentAsync(DomainRef domain, CancellationToken cancel) => new(false);
        public ValueTask<bool> IsUpdatedAsync(DomainRef domain, CancellationToken cancel) => new(false);
    }
}
