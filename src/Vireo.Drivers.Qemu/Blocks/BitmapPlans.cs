using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.CommandLine;

namespace Vireo.Drivers.Qemu.Blocks;

/// <summary>
/// What becomes of bitmaps when images are copied, committed, saved or forgotten: actions for QEMU's transaction command. Chains are node names from the top down.
/// </summary>
public sealed class BitmapPlans(IReadOnlyDictionary<string, BlockNode> nodes)
{
    /// <summary>The bitmap that notes what a guest writes while a job runs.</summary>
    public const string WhileActive = "libvirt-tmp-activewrite";

    /// <summary>Whether a bitmap has noted everything since it was made: it is sound in the images from the top down to one, and in none below.</summary>
    public bool IsValid(IReadOnlyList<string> chain, string bitmap)
    {
        bool ended = false;
        for (int i = 0; i < chain.Count; i++)
        {
            if (Find(chain[i], bitmap) is not { } found)
            {
                if (i == 0)
                    return false;
                ended = true;
            }
            else if (ended || !found.IsSound)
                return false;
        }
        return chain.Count > 0;
    }

    /// <summary>Gathers in a temporary bitmap what was written since a checkpoint, for a backup of just that.</summary>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG if the bitmap misses something.</exception>
    public IReadOnlyList<QemuProperties> Backup(IReadOnlyList<string> chain, string bitmap, string targetNode, string targetBitmap)
    {
        if (Node(chain[0]) is not { Bitmaps.Count: > 0 } top)
            return [];
        if (top.Find(bitmap) is not { } first || !IsValid(chain, bitmap))
            throw new VireoException(ErrorCode.InvalidArg, ErrorDomain.Qemu, $"missing or broken bitmap '{bitmap}'");
        return
        [
            Add(targetNode, targetBitmap, persistent: false, disabled: true, first.Granularity),
            Merge(targetNode, targetBitmap, Holding(chain, bitmap)),
        ];
    }

    /// <summary>Forgets a checkpoint.</summary>
    /// <returns>The actions, and the nodes below the top that have to be opened for writing first, the deepest first.</returns>
    public (IReadOnlyList<QemuProperties> Actions, IReadOnlyList<string> Reopen) Delete(IReadOnlyList<string> chain, string bitmap)
    {
        string[] holding = [.. chain.Where(node => Find(node, bitmap) is not null)];
        return ([.. holding.Select(node => Remove(node, bitmap))], [.. holding.Where(node => node != chain[0]).Reverse()]);
    }

    /// <summary>Gives a finished copy the bitmaps of the images that it is a copy of.</summary>
    /// <param name="chain">The disk's images.</param>
    /// <param name="mirror">The copy's node.</param>
    /// <param name="shallow">Only the top image was copied.</param>
    public IReadOnlyList<QemuProperties> Copy(IReadOnlyList<string> chain, string mirror, bool shallow) =>
        [.. Move(shallow ? [.. chain.Take(1)] : chain, chain, mirror, writes: true)];

    /// <summary>Gives the image that others were committed into their bitmaps.</summary>
    /// <param name="chain">The disk's images.</param>
    /// <param name="top">The first that was committed.</param>
    /// <param name="below">That which it was committed into.</param>
    /// <param name="active">The guest wrote meanwhile.</param>
    public IReadOnlyList<QemuProperties> Commit(IReadOnlyList<string> chain, int top, int below, bool active) =>
        [.. Move([.. chain.Skip(top).Take(below - top)], [.. chain.Skip(top)], chain[below], active)];

    /// <summary>Gives the top image, into which others were drawn, what these noted.</summary>
    /// <param name="chain">The disk's images before.</param>
    /// <param name="below">The first that stays; their number: none does.</param>
    public IReadOnlyList<QemuProperties> Pull(IReadOnlyList<string> chain, int below) =>
    [
        .. from bitmap in Node(chain[0])?.Bitmaps ?? []
           where bitmap.IsSound && IsValid(chain, bitmap.Name)
           let noted = Holding([.. chain.Take(below).Skip(1)], bitmap.Name)
           where noted.Count > 0
           select Merge(chain[0], bitmap.Name, noted),
    ];

    IEnumerable<QemuProperties> Move(IReadOnlyList<string> moved, IReadOnlyList<string> chain, string to, bool writes)
    {
        foreach (BlockBitmap bitmap in (Node(moved[0])?.Bitmaps ?? []).Reverse())
        {
            if (bitmap.IsInconsistent || !IsValid(chain, bitmap.Name))
                continue;
            if (Find(to, bitmap.Name) is null)
                yield return Add(to, bitmap.Name, bitmap.IsPersistent, !bitmap.IsRecording, bitmap.Granularity);
            List<QemuProperties> from = Holding(moved, bitmap.Name);
            if (writes)
                from.Add(new QemuProperties { { "node", to }, { "name", WhileActive } });
            yield return Merge(to, bitmap.Name, from);
        }
        if (writes)
            yield return Remove(to, WhileActive);
    }

    List<QemuProperties> Holding(IReadOnlyList<string> chain, string bitmap) =>
        [.. chain.TakeWhile(node => Find(node, bitmap) is not null).Select(node => new QemuProperties { { "node", node }, { "name", bitmap } })];

    BlockNode? Node(string name) => nodes.TryGetValue(name, out BlockNode? node) ? node : null;

    /// <summary>The bitmap of a name that a node has.</summary>
    public BlockBitmap? Find(string node, string bitmap) => Node(node)?.Find(bitmap);

    /// <summary>Makes a bitmap that the image keeps and that notes what is written from now on.</summary>
    public static QemuProperties Begin(string node, string name) => Action("block-dirty-bitmap-add", new QemuProperties
    {
        { "node", node },
        { "name", name },
        { "persistent", true },
        { "disabled", false },
    });

    /// <summary>An image that comes on top of another goes on noting what that one noted.</summary>
    /// <param name="node">The image that is on top.</param>
    /// <param name="overlay">That which comes on top of it.</param>
    public IEnumerable<QemuProperties> Overlay(string node, string overlay) =>
        (Node(node)?.Bitmaps ?? []).Where(static b => b.IsSound).Select(b => Add(overlay, b.Name, persistent: true, disabled: false, b.Granularity));

    /// <summary>Notes what a guest writes into an image that it goes over to, until that has the bitmaps of the images it came from.</summary>
    public static QemuProperties BeginActive(string node) => Add(node, WhileActive, persistent: false, disabled: false, 0);

    static QemuProperties Add(string node, string name, bool persistent, bool disabled, ulong granularity) => Action("block-dirty-bitmap-add", new QemuProperties
    {
        { "node", node },
        { "name", name },
        { "persistent", persistent },
        { "disabled", disabled },
        { "granularity", granularity == 0 ? null : granularity },
    });

    static QemuProperties Merge(string node, string target, List<QemuProperties> from) => Action("block-dirty-bitmap-merge", new QemuProperties
    {
        { "node", node },
        { "target", target },
        { "bitmaps", QemuValue.Array([.. from]) },
    });

    /// <summary>Some bitmap of an image misses nothing.</summary>
    public bool HasSound(string node) => Node(node)?.Bitmaps.Any(static b => b.IsSound) is true;

    /// <summary>Removes a bitmap.</summary>
    public static QemuProperties Remove(string node, string name) => Action("block-dirty-bitmap-remove", new QemuProperties { { "node", node }, { "name", name } });

    static QemuProperties Action(string type, QemuProperties data) => new() { { "type", type }, { "data", data } };
}
