using Vireo.Drivers.Storage.Pools;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;
using Xunit;

namespace Vireo.Tests.Drivers.Storage;

/// <summary>What becomes of volumes while somebody looks at their pool.</summary>
public sealed class LookMergeTests
{
    static Volume Named(string name, string title = "") =>
        new(new StorageVolumeDef { Name = name, Key = title, Target = new StorageVolumeTarget { Path = "/p/" + name } });

    static PoolState Looked(VolumeTable volumes) => new(new StoragePoolDef { Type = StoragePoolType.Dir, Name = "p" }) { Volumes = volumes, Gone = [] };

    [Fact]
    public void A_known_volume_stays_the_same_object_with_what_was_found_of_it()
    {
        Volume known = Named("v", "before");
        VolumeTable before = VolumeTable.Of([known]);
        VolumeTable after = PoolLives.Merge(before, Looked(before), [Named("v", "after")]);
        Assert.Same(known, Assert.Single(after.All));
        Assert.Equal("after", known.Key);
    }

    [Fact]
    public void Who_deletes_a_volume_while_its_pool_was_looked_at_deletes_it()
    {
        Volume known = Named("v");
        VolumeTable before = VolumeTable.Of([known]);
        // The look saw its file, which is gone when the look ends, and only then the table is told.
        Assert.Empty(PoolLives.Merge(before, Looked(before), [Named("v")]).Without(known).All);
        // Or the other way around.
        Assert.Empty(PoolLives.Merge(before, Looked(before).Without(known), [Named("v")]).All);
    }

    [Fact]
    public void What_was_made_and_deleted_while_its_pool_was_looked_at_does_not_come_back()
    {
        Volume made = Named("v"), other = Named("w");
        PoolState now = Looked(VolumeTable.Of([made])).Without(made);
        // What somebody else put there meanwhile is found.
        Assert.Equal(["w"], PoolLives.Merge(VolumeTable.Empty, now, [Named("v"), other]).All.Select(static volume => volume.Name));
        // Made once more, it is there.
        Volume again = Named("v");
        Assert.Same(again, Assert.Single(PoolLives.Merge(VolumeTable.Empty, now with { Volumes = VolumeTable.Of([again]) }, [Named("v")]).All));
    }

    [Fact]
    public void What_is_being_made_is_not_what_was_found()
    {
        Volume made = Named("v", "made");
        made.IsBuilding = true;
        VolumeTable after = PoolLives.Merge(VolumeTable.Empty, Looked(VolumeTable.Of([made])), [Named("v", "found")]);
        Assert.Equal("made", Assert.Single(after.All).Key);
    }
}
