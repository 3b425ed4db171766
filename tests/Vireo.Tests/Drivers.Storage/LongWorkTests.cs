using Vireo.Driver;
using Vireo.Tests.Drivers.Storage.Kinds;
using Xunit;

namespace Vireo.Tests.Drivers.Storage;

/// <summary>Work on volumes that takes its time.</summary>
public sealed class LongWorkTests
{
    [Fact]
    public async Task Who_asks_about_an_image_that_is_being_made_sees_it_grow()
    {
        await using var root = new StorageRoot();
        var programs = new ToldPrograms(root.Folder);
        // It has written a piece when it waits for what never comes but by the test.
        programs.Make("qemu-img", "for last; do :; done; for file; do case $file in */image) break;; esac; done\n[ -s \"$file\" ] || printf '%65536s' x >\"$file\"\ntouch \"$notes/begun\"; while [ ! -e \"$notes/go\" ]; do sleep 0.05; done");
        string go = Path.Join(root.Folder, "programs/go"), begun = Path.Join(root.Folder, "programs/begun");
        root.Programs = programs.Find;
        await root.StartAsync();
        StoragePoolRef pool = await root.StartedAsync();
        Task<StorageVolumeRef> making = Task.Run(async () => await root.Get<IStorageVolumes>().CreateAsync(pool,
            "<volume><name>image</name><capacity>1048576</capacity><target><format type='qcow2'/></target></volume>", StorageVolumeCreateFlags.None, default));
        while (!File.Exists(begun) && !making.IsCompleted)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        var image = new StorageVolumeRef("c1", "image", $"{root.Folder}/c1/image");
        Assert.InRange((await root.Get<IStorageVolumeInfo>().GetInfoAsync(image, default)).Allocation, 1ul, 1ul << 19);
        await File.WriteAllTextAsync(go, "go\n", TestContext.Current.CancellationToken);
        await making;
    }
}
