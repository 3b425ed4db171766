using Vireo.Drivers.Qemu.Checkpoints;
using Vireo.Host;
using Vireo.Host.Files;
using Vireo.Model.Checkpoint;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Checkpoints;

/// <summary>What is on disk of a machine's checkpoints, and what the next daemon makes of it.</summary>
public sealed class CheckpointStoreTests : IDisposable
{
    readonly TempFolder folder = new(Path.GetTempPath(), "checkpoints");
    readonly List<string> problems = [];

    DriverPaths Paths => HostPaths.System(folder.Path).Driver("qemu");

    CheckpointStore Store => new(Paths, (file, _) => problems.Add(Path.GetFileName(file)));

    public void Dispose() => folder.Dispose();

    static CheckpointDef Def(string name, string? parent, long time) => CheckpointDef.Define(
        $"<domaincheckpoint><name>{name}</name>{(parent is null ? "" : $"<parent><name>{parent}</name></parent>")}<creationTime>{time}</creationTime><disks><disk name='vda' checkpoint='bitmap' bitmap='{name}'/></disks></domaincheckpoint>", redefine: true, null);

    [Fact]
    public void The_next_daemon_goes_on_where_the_chain_ends()
    {
        CheckpointStore store = Store;
        store.Save("g", store.Of("g").Put(Def("b", null, 2)).Put(Def("a", "b", 3)));
        Assert.Contains("virsh checkpoint-edit", File.ReadAllText(Path.Join(Paths.CheckpointDir, "g", "a.xml")), StringComparison.Ordinal);
        Assert.Equal(("a", "b a"), (Store.Of("g").Current, string.Join(' ', Store.Of("g").All.Select(static c => c.Name))));
        Assert.Empty(problems);
    }

    [Fact]
    public void Where_it_ends_twice_nobody_says_which_goes_on()
    {
        CheckpointStore store = Store;
        store.Save("g", store.Of("g").Put(Def("a", null, 1)).Put(Def("b", "a", 2)).Put(Def("c", "a", 3)));
        Assert.Null(Store.Of("g").Current);
    }

    [Fact]
    public void One_whose_parent_is_lost_is_a_root_and_what_is_no_checkpoint_is_left_alone()
    {
        CheckpointStore store = Store;
        store.Save("g", store.Of("g").Put(Def("a", null, 1)).Put(Def("b", "a", 2)));
        File.WriteAllText(Path.Join(Paths.CheckpointDir, "g", "a.xml"), "<half");
        Assert.Null(Assert.Single(Store.Of("g").All).Parent);
        Assert.Equal(["a.xml"], problems.Distinct());
        Assert.Equal("<half", File.ReadAllText(Path.Join(Paths.CheckpointDir, "g", "a.xml")));
    }

    [Fact]
    public void What_is_forgotten_leaves_nothing()
    {
        CheckpointStore store = Store;
        store.Save("g", store.Of("g").Put(Def("a", null, 1)));
        store.Rename("g", "h");
        Assert.Equal("a", store.Of("h").Current);
        store.Forget("h");
        Assert.Empty(Directory.GetFileSystemEntries(Paths.CheckpointDir));
    }
}
