using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Snapshot;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>
/// Random sequences of everything that changes snapshots, beside a model that knows only names and contents: whatever is done or refused, every snapshot that is listed has the
/// content that it had when it was made, the machine has its own, and no image is left that nobody names.
/// </summary>
public sealed class SnapshotModelTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    sealed class Model(QemuRoot root, string folder, DomainRef guest, Random random)
    {
        readonly Dictionary<string, string> contents = new(StringComparer.Ordinal);
        readonly List<string> done = [];
        int number;
        bool runs;

        ISnapshots Snapshots => root.Get<ISnapshots>();

        internal string Now { get; set; } = "";

        internal string Log => string.Join('\n', done);

        async Task<string> TopAsync()
        {
            string xml = await root.Get<IDomainInfo>().GetXmlAsync(guest, default, Test);
            int from = xml.IndexOf("<source file='", StringComparison.Ordinal) + 14;
            return xml[from..xml.IndexOf('\'', from)];
        }

        internal async Task StepAsync()
        {
            string name = contents.Count == 0 ? "" : contents.Keys.ElementAt(random.Next(contents.Count));
            switch (random.Next(14))
            {
                case 0 or 1 or 2 when !runs:
                    done.Add("write");
                    string top = await TopAsync();
                    await Images.WriteAsync(top, random.Next(1, 255), random.Next(4));
                    Now = await Images.HashAsync(top);
                    break;
                case 3 or 4 or 5:
                    string made = $"s{++number}";
                    bool external = random.Next(2) == 0;
                    if (await TryAsync($"create {(external ? "external" : "internal")} {made}", () => Snapshots.CreateSnapshotAsync(guest, $"<domainsnapshot><name>{made}</name></domainsnapshot>",
                        external ? SnapshotCreateFlags.DiskOnly : SnapshotCreateFlags.None, Test).AsTask()))
                        contents[made] = Now;
                    break;
                case 6 or 7 or 8 when name.Length > 0:
                    if (await TryAsync($"revert {name}", () => Snapshots.RevertAsync(new SnapshotRef(name, guest), SnapshotRevertFlags.None, Test).AsTask()))
                        Now = contents[name];
                    break;
                case 9 or 10 when name.Length > 0:
                    if (await TryAsync($"delete {name}", () => Snapshots.DeleteSnapshotAsync(new SnapshotRef(name, guest), SnapshotDeleteFlags.None, Test).AsTask()))
                        contents.Remove(name);
                    break;
                case 11 when name.Length > 0:
                    string[] below = [.. await Snapshots.ListChildrenNamesAsync(new SnapshotRef(name, guest), SnapshotListFlags.Descendants, Test)];
                    if (await TryAsync($"delete {name} with children", () => Snapshots.DeleteSnapshotAsync(new SnapshotRef(name, guest), SnapshotDeleteFlags.Children, Test).AsTask()))
                        foreach (string gone in below.Append(name))
                            contents.Remove(gone);
                    else
                        await ForgetGoneAsync();
                    break;
                case 12:
                    done.Add(runs ? "stop" : "start");
                    if (runs)
                        await root.Get<IDomainPower>().DestroyAsync(guest, Test);
                    else
                        await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
                    break;
            }
            runs = (await root.StateAsync(guest)).State != DomainState.ShutOff;
        }

        // Of several that were to go, some may have gone before one was refused.
        async Task ForgetGoneAsync()
        {
            string[] listed = await Snapshots.ListSnapshotNamesAsync(guest, default, Test);
            foreach (string gone in contents.Keys.Except(listed).ToList())
                contents.Remove(gone);
        }

        async Task<bool> TryAsync(string what, Func<Task> change)
        {
            try
            {
                await change();
                done.Add(what);
                return true;
            }
            catch (VireoException e) when (e.Code is ErrorCode.OperationUnsupported or ErrorCode.OperationInvalid or ErrorCode.ConfigUnsupported)
            {
                done.Add($"{what}: {e.Message}");
                return false;
            }
        }

        internal async Task CheckAsync()
        {
            Assert.Equal(contents.Keys.Order(), (await Snapshots.ListSnapshotNamesAsync(guest, default, Test)).Order());
            if (runs)
                return;         // QEMU need not have written everything
            HashSet<string> named = [.. await Images.ChainPathsAsync(await TopAsync())];
            Assert.Equal(Now, await Images.HashAsync(await TopAsync()));
            foreach (var (name, content) in contents)
            {
                SnapshotDef def = SnapshotDef.Parse(await Snapshots.GetSnapshotXmlAsync(new SnapshotRef(name, guest), default, Test), SnapshotParse.Redefine);
                string file = ((Vireo.Model.Domain.Devices.DiskSource.OfFile)def.Domain!.Def!.Devices.Disks[0].Source).Path!;
                SnapshotDisk part = def.Disks[0];
                Assert.True(content == await Images.HashAsync(file, part.Location is SnapshotLocation.Internal ? name : null), $"the content of {name} is another");
                named.UnionWith(await Images.ChainPathsAsync(file));
                if (part.Image is { } overlay) named.Add(overlay);
            }
            Assert.Empty(Directory.GetFiles(folder).Except(named).Select(Path.GetFileName));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Every_state_keeps_its_content_whatever_is_done(int seed)
    {
        await using var root = await new QemuRoot().StartAsync();
        string folder = Path.Join(root.Paths.Root!, "images");
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        string disk = await Images.MakeAsync(Path.Join(folder, "disk.qcow2"), null, 1, 0);
        string xml = QemuRoot.Guest("states").Replace("<serial type='pty'/>", $"<disk type='file'><driver name='qemu' type='qcow2'/><source file='{disk}'/><target dev='vda' bus='virtio'/></disk>", StringComparison.Ordinal);
        var model = new Model(root, folder, await root.Get<IDomainDefinition>().DefineAsync(xml, default, Test), new Random(seed)) { Now = await Images.HashAsync(disk) };
        await ModelWalk.RunAsync(40, model.StepAsync, model.CheckAsync, () => model.Log);
    }
}
