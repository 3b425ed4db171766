using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.CommandLine;
using Xunit;

namespace Vireo.Tests.Drivers.Qemu.Checkpoints;

/// <summary>What becomes of bitmaps when images come on top of others, or are drawn up into them.</summary>
public sealed class BitmapPlansTests
{
    static BlockBitmap Bitmap(string name, bool sound = true) => new(name, sound, false, true, !sound, 65536, 0);

    static BitmapPlans Plans(params (string Node, BlockBitmap[] Bitmaps)[] nodes) =>
        new(nodes.ToDictionary(static n => n.Node, static n => new BlockNode(n.Node, n.Bitmaps, false), StringComparer.Ordinal));

    static string Text(IEnumerable<QemuProperties> actions) => string.Join('\n', actions.Select(static a => a.ToJson()));

    [Fact]
    public void An_image_on_top_goes_on_with_what_is_sound() => Assert.Equal(
        """{"type":"block-dirty-bitmap-add","data":{"node":"new","name":"a","persistent":true,"disabled":false,"granularity":65536}}""",
        Text(Plans(("top", [Bitmap("a"), Bitmap("b", sound: false)])).Overlay("top", "new")));

    [Fact]
    public void What_lower_images_noted_goes_up_with_their_content()
    {
        BitmapPlans plans = Plans(("top", [Bitmap("a"), Bitmap("c")]), ("mid", [Bitmap("a")]), ("base", [Bitmap("a")]));
        Assert.Equal("""{"type":"block-dirty-bitmap-merge","data":{"node":"top","target":"a","bitmaps":[{"node":"mid","name":"a"},{"node":"base","name":"a"}]}}""", Text(plans.Pull(["top", "mid", "base"], 3)));
        Assert.Equal("""{"type":"block-dirty-bitmap-merge","data":{"node":"top","target":"a","bitmaps":[{"node":"mid","name":"a"}]}}""", Text(plans.Pull(["top", "mid", "base"], 2)));
    }

    [Fact]
    public void What_missed_something_on_the_way_is_not_made_to_look_whole() =>
        Assert.Empty(Plans(("top", [Bitmap("a")]), ("mid", []), ("base", [Bitmap("a")])).Pull(["top", "mid", "base"], 3));
}
