using System.Text;
using System.Xml.Linq;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.Save;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>
/// What others are told of a running guest's CPU, by a daemon of whatever map: as XML for migration, in saved images, in snapshots, in migrations' documents and cookies. It
/// is what the guest sees, in words that mean it to whoever reads them; and what was taken out of the model is stated.
/// </summary>
public sealed class CpuForOthersTests
{
    const string Uri = "qemu+tcp://elsewhere/system";

    static CancellationToken Test => TestContext.Current.CancellationToken;

    static CpuMap Of(string release) => MapRelease.TryParse(release, out MapRelease known) ? CpuMap.Of(known) : throw new ArgumentException(release);

    /// <summary>A daemon that leads: asks the steps to targets of several releases what they would send there.</summary>
    sealed class Asker(params string[] releases) : IPeerMigrations
    {
        public Dictionary<string, MigrationBegun> Told { get; } = [];

        public async ValueTask LeadAsync(Func<ulong, IDriverConnection> source, PeerMigration migration, CancellationToken cancel)
        {
            foreach (string release in releases)
            {
                MapRelease known = Of(release).Release;
                var steps = source((ulong)known.Major * 1_000_000 + (ulong)known.Minor * 1000 + (ulong)known.Micro).Capabilities.Find<IDomainMigrationParameters>()!;
                Told[release] = await steps.BeginAsync(migration.Domain, [], migration.Flags & ~DomainMigrateFlags.PeerToPeer, cancel);
            }
        }
    }

    public static TheoryData<string, string, string> Guests => new()
    {
        { "9.0.0", "EPYC", "" },
        { "newest", "EPYC", "<feature policy='require' name='monitor'/>" },
        { "newest", "Icelake-Server", "<feature policy='disable' name='xsaveopt'/>" },
        { "newest", "Haswell-v4", "" },
        { "newest", "Denverton", "" },
        { "newest", "qemu64", "<feature policy='require' name='aes'/>" },
        { "7.10.0", "EPYC", "" },
        { "12.0.0", "Snowridge", "" },
    };

    [Theory, MemberData(nameof(Guests))]
    public async Task Others_are_told_what_the_guest_sees_in_words_that_they_know(string own, string model, string features)
    {
        var asker = new Asker("7.10.0", "9.0.0", "10.2.0", "newest");
        await using var root = await new QemuRoot { KvmDevice = "/nonexistent", CpuMap = Of(own), Peers = asker }.StartAsync();
        string disk = await Images.MakeAsync(Path.Join(root.Paths.Root!, "disk.qcow2"));
        string xml = QemuRoot.Guest("c2", $"<cpu mode='custom' match='exact'><model fallback='allow'>{model}</model>{features}</cpu>").Replace("<serial type='pty'/>",
            $"<disk type='file'><driver name='qemu' type='qcow2'/><source file='{disk}'/><target dev='vda' bus='virtio'/></disk>", StringComparison.Ordinal);
        var guest = await root.Get<IDomainDefinition>().DefineAsync(xml, default, Test);
        guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
        string file = Path.Join(root.Places.StateDir, "c2.cpu");
        var contract = GuestContract.Parse((await File.ReadAllTextAsync(file, Test)).TrimEnd())!;
        CpuMap anybody = Of(own).Release < CpuMap.DefaultRelease ? Of(own) : CpuMap.Default;
        var says = new Saying(contract, Of(own));

        says.Wish(await root.Get<IDomainInfo>().GetXmlAsync(guest, DomainXmlFlags.Migratable, Test), anybody);
        await root.Get<IDomainMigrationParameters>().PerformAsync(guest, Uri, [], [], DomainMigrateFlags.PeerToPeer | DomainMigrateFlags.Live | DomainMigrateFlags.Unsafe, Test);
        foreach (var (release, begun) in asker.Told)
        {
            says.Wish(begun.Xml, Of(release));
            says.Live(Encoding.UTF8.GetString(begun.Cookie).TrimEnd('\0'), Of(release));
        }
        var unknown = await root.Get<IDomainMigrationParameters>().BeginAsync(guest, [], DomainMigrateFlags.Live | DomainMigrateFlags.Unsafe, Test);
        says.Wish(unknown.Xml, anybody);
        says.Live(Encoding.UTF8.GetString(unknown.Cookie).TrimEnd('\0'), anybody);

        var snapshot = await root.Get<ISnapshots>().CreateSnapshotAsync(guest, "<domainsnapshot><name>s</name></domainsnapshot>", default, Test);
        XElement moment = XElement.Parse(await root.Get<ISnapshots>().GetSnapshotXmlAsync(snapshot, SnapshotXmlFlags.Secure, Test));
        says.Wish(moment.Element("domain")!.ToString(), anybody);
        says.Live(XElement.Parse(await File.ReadAllTextAsync(Path.Join(root.Places.SnapshotDir, "c2", "s.xml"), Test)).Element("cookie")!.ToString(), anybody);
        await root.Get<ISnapshots>().RevertAsync(snapshot, SnapshotRevertFlags.Paused, Test);
        Assert.Equal(contract.Features, GuestContract.Parse((await File.ReadAllTextAsync(file, Test)).TrimEnd())!.Features);

        string image = Path.Join(root.Paths.Root!, "image");
        await root.Get<IDomainSave>().SaveAsync(guest, image, Test);
        using (FileStream saved = File.OpenRead(image))
        {
            var header = SaveImage.Read(saved);
            says.Wish(header.Xml, anybody);
            says.Live(header.Cookie!, anybody);
        }
        await root.Get<IDomainSave>().RestoreAsync(image, null, DomainSaveRestoreFlags.Paused, Test);
        Assert.Equal(contract.Features, GuestContract.Parse((await File.ReadAllTextAsync(file, Test)).TrimEnd())!.Features);
    }

    /// <summary>Holds what is said against what the guest sees. A model that the reader does not know stays in the daemon's own words.</summary>
    sealed class Saying(GuestContract contract, CpuMap own)
    {
        /// <summary>What was asked for, as XML of a domain: nothing that was removed is left out, and nothing is said that means nothing there.</summary>
        internal void Wish(string domain, CpuMap reader) => Stated(Cpu(domain), Words(reader));

        /// <summary>What the guest has, in a cookie.</summary>
        internal void Live(string cookie, CpuMap reader)
        {
            CpuSpec cpu = Cpu(cookie);
            X86Cpus words = Words(reader);
            Stated(cpu, words);
            Assert.Empty(PeerRendering.Differences(contract, cpu, words));
        }

        X86Cpus Words(CpuMap reader) => (Knows(reader) ? reader : own).X86;

        bool Knows(CpuMap reader) => new PeerRendering(CpuMap.Of(CpuMap.Newest).X86).For(
            contract, new CpuSpec { Role = CpuRole.Guest, Model = contract.Model }, null, reader.X86).KnowsModel;

        static void Stated(CpuSpec cpu, X86Cpus words)
        {
            X86Model model = words.Map.FindModel(cpu.Model!)!;
            Assert.NotNull(model);
            Assert.All(words.Map.NamesOf(model.Removed), name => Assert.NotNull(cpu.PolicyOf(name)));
            Assert.All(cpu.Features, term => Assert.NotNull(words.Map.FindFeature(term.Name)));
        }

        static CpuSpec Cpu(string xml) => CpuDef.Parse(XElement.Parse(xml).Element("cpu")!.ToString()).ToSpec();
    }
}
