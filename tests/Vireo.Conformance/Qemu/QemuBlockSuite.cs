using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Status;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Domain.Images;

namespace Vireo.Conformance.Qemu;

/// <summary>Block nodes, names of backing files, new images and bitmaps, without a machine.</summary>
sealed class QemuBlockSuite : Suite
{
    static readonly string[] Chain = [.. Enumerable.Range(1, 5).Select(static i => $"libvirt-{i}-format")];

    public override string Name => "qemu-block";

    public override bool Hides(string member) => member is "result_xml" || base.Hides(member);

    public override IEnumerable<string> Expected(JsonElement manifest) =>
        base.Expected(manifest).Concat(manifest.EnumerateObject().Select(static p => p.Name).Where(static n => n is "result_xml"));

    public override Outputs Run(CaseInput input) => input.Word("kind") switch
    {
        "xml-json-xml" => RoundTrip(input),
        "disk-to-json" => ToJson(input),
        "json-to-json" => Outputs.Of(FromJson(input)),
        "image-create" => Outputs.Of(Creation(input)),
        "bitmap-detect" => Outputs.Of(Detected(Nodes(input))),
        "bitmap-validate" => Outputs.Result(Plans(input).IsValid(Chain, input.Word("bitmap")!)),
        "backup-bitmap" => Outputs.Of(Backup(input)),
        "checkpoint-delete" => Outputs.Of(Delete(input)),
        "blockcopy" => Outputs.Of(YajlText.Of(Plans(input).Copy(Chain, "mirror-format-node", input.Flag("shallow")))),
        "blockcommit" => Outputs.Of(Commit(input)),
        var kind => throw new CaseFault($"unknown kind '{kind}'"),
    };

    static Outputs RoundTrip(CaseInput input)
    {
        DiskSource source = SourceXml.Source(input.Word("storage_type")!, input.Word("source_xml")!);
        string text = new QemuProperties { { "file", StorageNode.Target(source) } }.ToJson();
        return new Outputs { ["result_xml"] = Output.Value(SourceXml.Of(BackingString.Parse("json:" + text).Source)) };
    }

    static Outputs ToJson(CaseInput input)
    {
        Disk disk = SourceXml.Disk(input.Text("input"));
        StringBuilder all = new(), sources = new();
        List<(BlockImage Image, bool Ends)> chain = [];
        chain.Add((Image(disk, disk.Source, disk.Driver?.Type, disk.Driver?.MetadataCache?.Bytes, top: true), disk.BackingStore is { Source: null }));
        for (BackingStore? store = disk.BackingStore; store is { Source: { } source }; store = store.Next)
            chain.Add((Image(disk, source, store.Format, store.MetadataCacheSize?.Bytes, top: false), store.Next is { Source: null }));
        for (int i = 0; i < chain.Count; i++)
        {
            var (image, ends) = chain[i];
            all.Append(YajlText.Of(FormatNode.Of(image, i + 1 < chain.Count ? chain[i + 1].Image.Names.Format : null, ends)));
            if (image.HasSliceNode)
                all.Append(YajlText.Of(StorageNode.SliceOf(image)));
            all.Append(YajlText.Of(StorageNode.Of(image)));
            string inner = $"source only properties:\n{YajlText.Of(StorageNode.Target(image.Source, image.IsFloppy))}backing store string:\n{BackingName.Of(image.Source, YajlText.Of)}\n";
            sources.Append("(\n");
            foreach (string line in inner.TrimEnd('\n').Split('\n'))
                sources.Append("  ").Append(line).Append('\n');
            sources.Append(")\n");
        }
        return new Outputs { ["expected"] = Output.Text(all.ToString()), ["expected_srconly"] = Output.Text(sources.ToString()) };
    }

    static BlockImage Image(Disk disk, DiskSource source, StorageFormat? format, ulong? tables, bool top)
    {
        SourcePrivateData kept = SourcePrivateData.Of(source.PrivateData);
        string Node(SourceNodeKind kind) => kept.Nodes.FirstOrDefault(n => n.Kind == kind)?.Name ?? "";
        string storage = Node(SourceNodeKind.Storage), own = Node(SourceNodeKind.Format);
        DiskEncryption? encryption = source.Encryption ?? (top ? disk.Encryption : null);
        DiskAuth? auth = source.Auth ?? (top ? disk.Auth : null);
        return new BlockImage
        {
            Source = source,
            Format = format ?? StorageFormat.Raw,
            Names = ImageNames.Checked(new ImageNames
            {
                Storage = storage,
                Format = own,
                Slice = Node(SourceNodeKind.SliceStorage),
                AuthSecret = auth is null ? null : storage + "-secalias",
                EncryptionSecret = encryption is null ? null : own + "-encalias",
                TlsCredentials = kept.TlsAlias,
                ReservationManager = kept.ReservationsAlias,
            }),
            Encryption = encryption,
            Auth = auth,
            ReadOnly = !top || disk.ReadOnly,
            Cache = BlockGraph.CacheOf(disk),
            Io = disk.Driver?.Io,
            Discard = disk.Driver?.Discard,
            DetectZeroes = top ? BlockGraph.DetectZeroesOf(disk.Driver) : null,
            TablesCache = tables,
            IsFloppy = disk.Kind is DiskKind.Floppy,
        };
    }

    static string FromJson(CaseInput input)
    {
        BackingString parsed = BackingString.Parse(input.Text("input").Trim());
        return YajlText.Of(StorageNode.Of(new BlockImage
        {
            Source = parsed.Source,
            SshUser = parsed.SshUser,
            IgnoresSshHostKey = parsed.IgnoresSshHostKey,
            Names = new ImageNames { Storage = "", Format = "" },
        }));
    }

    static string Creation(CaseInput input)
    {
        BlockImage Read(string member)
        {
            Disk disk = SourceXml.Disk(input.Text(member));
            return Image(disk, disk.Source, disk.Driver?.Type, null, top: true);
        }
        BlockImage image = Read("input");
        BlockImage? backing = input.Has("backing") ? Read("backing") : null;
        var text = new StringBuilder();
        if (ImageCreation.Storage(image, 4294967296) is { } storage)
            text.Append("protocol:\n").Append(YajlText.Of(storage));
        if (ImageCreation.Format(image, 8589934590, backing) is { } format)
            text.Append("\nformat:\n").Append(YajlText.Of(format));
        return text.ToString();
    }

    static IReadOnlyDictionary<string, BlockNode> Nodes(CaseInput input)
    {
        using JsonDocument reply = JsonDocument.Parse(input.Text("nodes"));
        return BlockNode.Read(reply.RootElement);
    }

    static BitmapPlans Plans(CaseInput input) => new(Nodes(input));

    static string Detected(IReadOnlyDictionary<string, BlockNode> nodes)
    {
        var text = new StringBuilder();
        for (int i = 0; i < 30; i++)
        {
            if (!nodes.TryGetValue($"libvirt-{i}-format", out BlockNode? node))
                continue;
            text.Append(node.Name).Append(":\n");
            if (node.IsOldQcow2)
                text.Append(" qcow2 v2\n");
            foreach (BlockBitmap b in node.Bitmaps)
                text.Append($" {b.Name,8}: record:{(b.IsRecording ? 1 : 0)} busy:{(b.IsBusy ? 1 : 0)} persist:{(b.IsPersistent ? 1 : 0)} "
                    + $"inconsist:{(b.IsInconsistent ? 1 : 0)} gran:{b.Granularity} dirty:{b.DirtyBytes}\n");
        }
        return text.ToString();
    }

    static string Backup(CaseInput input)
    {
        try
        {
            return YajlText.Of(Plans(input).Backup(Chain, input.Word("incremental")!, "target_node", "target-bitmap-name"));
        }
        catch (VireoException)
        {
            return "NULL\n";
        }
    }

    static string Delete(CaseInput input)
    {
        var (actions, reopen) = Plans(input).Delete(Chain, input.Word("bitmap")!);
        string text = YajlText.Of(actions);
        return reopen.Count == 0 ? text : $"{text}reopen nodes:\n{string.Join('\n', reopen)}\n";
    }

    static string Commit(CaseInput input)
    {
        IReadOnlyList<QemuProperties> actions = Plans(input).Commit(Chain, input.Json("top").GetInt32() - 1, input.Json("base").GetInt32() - 1, input.Flag("active"));
        return "merge bitmpas:\n" + (actions.Count == 0 ? "" : YajlText.Of(actions));
    }
}
