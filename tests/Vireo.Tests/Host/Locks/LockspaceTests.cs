using Vireo.Core.Errors;
using Vireo.Host.Locks;
using Vireo.Rpc.Posix;
using Xunit;

namespace Vireo.Tests.Host.Locks;

public sealed class LockspaceTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("locks").FullName;
    readonly Lockspace direct = new("");

    string File(string name)
    {
        string path = Path.Join(folder, name);
        if (!System.IO.File.Exists(path))
            System.IO.File.WriteAllText(path, "");
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static string Busy(Action act)
    {
        VireoException e = Assert.Throws<VireoException>(act);
        Assert.Equal((ErrorCode.ResourceBusy, ErrorDomain.Lockspace), (e.Error.Code, e.Error.Domain));
        return e.Error.Str2!;
    }

    [Fact]
    public void One_process_holds_a_resource_alone()
    {
        string disk = File("disk");
        direct.Acquire(disk, 1, shared: false, autoCreate: false);
        Assert.Equal($"Lockspace resource '{disk}' is locked", Busy(() => direct.Acquire(disk, 2, shared: false, autoCreate: false)));
        Assert.Equal($"Lockspace resource '{disk}' is locked", Busy(() => direct.Acquire(disk, 1, shared: true, autoCreate: false)));
        direct.Release(disk, 1);
        direct.Acquire(disk, 2, shared: false, autoCreate: false);
    }

    [Fact]
    public void Several_share_a_resource_until_the_last_gives_it_back()
    {
        string disk = File("disk");
        direct.Acquire(disk, 1, shared: true, autoCreate: false);
        direct.Acquire(disk, 2, shared: true, autoCreate: false);
        direct.Release(disk, 1);
        Busy(() => direct.Acquire(disk, 3, shared: false, autoCreate: false));
        direct.Release(disk, 2);
        direct.Acquire(disk, 3, shared: false, autoCreate: false);
    }

    [Fact]
    public void Another_lock_manager_finds_it_locked()
    {
        string disk = File("disk");
        direct.Acquire(disk, 1, shared: false, autoCreate: false);
        var other = new Lockspace("");
        Assert.Equal($"Lockspace resource '{disk}' is locked", Busy(() => other.Acquire(disk, 1, shared: false, autoCreate: false)));
        direct.Release(disk, 1);
        other.Acquire(disk, 1, shared: true, autoCreate: false);
        direct.Acquire(disk, 1, shared: true, autoCreate: false);
        Assert.Equal(1, other.Count);
    }

    [Fact]
    public void What_nobody_holds_cannot_be_given_back()
    {
        string disk = File("disk");
        Assert.Equal($"Lockspace resource '{disk}' is not locked", Busy(() => direct.Release(disk, 1)));
        direct.Acquire(disk, 1, shared: false, autoCreate: false);
        Assert.Equal("internal error: owner 7 does not hold the resource lock", Assert.Throws<VireoException>(() => direct.Release(disk, 7)).Message);
    }

    [Fact]
    public void A_resource_that_is_made_for_a_lease_goes_with_it()
    {
        var space = new Lockspace(Path.Join(folder, "space"));
        space.MakeFolder();
        space.MakeFolder();
        space.Acquire("r", 1, shared: false, autoCreate: true);
        Assert.True(System.IO.File.Exists(Path.Join(folder, "space/r")));
        space.Release("r", 1);
        Assert.False(System.IO.File.Exists(Path.Join(folder, "space/r")));
        Assert.Equal($"Unable to open resource {folder}/space/r: No such file or directory",
            Assert.Throws<VireoException>(() => space.Acquire("r", 1, shared: false, autoCreate: false)).Message);
    }

    [Fact]
    public void Resources_are_made_and_removed_unless_they_are_held()
    {
        var space = new Lockspace(folder);
        space.Create("r");
        space.Create("r");
        space.Acquire("r", 1, shared: false, autoCreate: false);
        Busy(() => space.Create("r"));
        Busy(() => space.Delete("r"));
        Assert.True(space.ReleaseAllOf(1));
        Assert.False(space.ReleaseAllOf(1));
        space.Delete("r");
        space.Delete("r");
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void A_file_is_no_folder_for_leases()
    {
        var space = new Lockspace(File("f"));
        space.MakeFolder();
        Assert.Equal($"Unable to open resource {folder}/f/r: Not a directory",
            Assert.Throws<VireoException>(() => space.Acquire("r", 1, shared: false, autoCreate: false)).Message);
    }

    [Fact]
    public void The_next_program_holds_what_this_one_held()
    {
        string disk = File("disk");
        direct.Acquire(disk, 1, shared: true, autoCreate: false);
        direct.Acquire(disk, 2, shared: true, autoCreate: false);
        KeptLease kept = Assert.Single(direct.Keep());
        Assert.Equal([1, 2], kept.Owners);
        kept = kept with { File = Descriptors.Duplicate(kept.File) };   // the next program would have this one's number for itself
        var next = new Lockspace("");
        next.Adopt(kept);
        next.Release(disk, 1);
        Busy(() => next.Acquire(disk, 3, shared: false, autoCreate: false));
        next.Release(disk, 2);
        next.Acquire(disk, 3, shared: false, autoCreate: false);
    }
}
