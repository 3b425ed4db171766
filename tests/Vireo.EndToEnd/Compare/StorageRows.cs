namespace Vireo.EndToEnd.Compare;

/// <summary>What is typed at stock virsh about storage that is really there. ${DIR} is a folder of each daemon's own; what stands in one script is done one after the other.</summary>
static class StorageRows
{
    const string Known = "623fdc83-fe6d-4858-b921-b4ddec6feaa5";

    /// <summary>By what they are about.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["pool lives"] =
        [
            "pool-define-as p dir --target ${DIR}/a", "pool-dumpxml p", "pool-list --all", "pool-info p", "pool-start p", "pool-build p --overwrite --no-overwrite",
            "pool-build p --overwrite", "pool-build p", "pool-start p", "pool-start p", "pool-build p", "pool-delete p", "pool-undefine p", "pool-info p", "pool-dumpxml p",
            "pool-dumpxml p --inactive", "pool-list --details", "pool-autostart p", "pool-list --autostart", "pool-refresh p", "pool-refresh nobody", "vol-create-as p v 1M",
            "pool-destroy p", "pool-destroy p", "pool-refresh p", "pool-dumpxml p", "vol-list p", "pool-delete p", "pool-start p", "vol-delete v p", "pool-destroy p",
            "pool-delete p", "pool-undefine p", "pool-undefine p", "pool-list --all",
        ],
        ["pools that are not kept"] =
        [
            "pool-create-as t dir --target ${DIR}/t", "pool-list --all", "pool-create-as t dir --target ${DIR}/t --build", "pool-autostart t", "pool-list --transient",
            "pool-define-as t dir --target ${DIR}/other", "pool-info t", "pool-destroy t", "pool-dumpxml t", "pool-create-as t dir --target ${DIR}/t --build --overwrite",
            "pool-create-as t dir --target ${DIR}/t", "pool-define-as u dir --target ${DIR}/t", "pool-create-as u dir --target ${DIR}/t", "pool-destroy t", "pool-list --all",
        ],
        ["definitions"] =
        [
            "pool-define-as p dir --target ${DIR}/a//b/", "pool-dumpxml p", "pool-define-as p dir --target ${DIR}/c", "pool-define-as q dir --target ${DIR}/a/b", "pool-define /nowhere",
            "pool-define ${FOO}", "pool-define ${NOPATH}", "pool-define ${BADTYPE}", "pool-define ${PERMISSIONS}", "pool-build perms", "pool-start perms", "pool-dumpxml perms",
            "pool-define ${PERMISSIONS} --validate", "pool-destroy perms", "pool-undefine perms", "pool-define-as r rbd --source-host h --source-name x", "pool-define-as s sheepdog --source-host h --source-name x",
            "pool-define-as z sheepdog --source-name x --source-host h", "pool-undefine p", "find-storage-pool-sources-as dir", "find-storage-pool-sources-as nonsense", "find-storage-pool-sources-as rbd",
            "pool-event --event lifecycle --timeout 1", "pool-event --list",
        ],
        ["volumes are made"] =
        [
            "pool-create-as p dir --target ${DIR}/a --build", "vol-create-as p full 1M", "vol-create-as p empty 1M --allocation 0", "vol-create-as p half 1M --allocation 512K",
            "vol-create-as p more 1M --allocation 2M", "vol-create-as p q 1M --format qcow2", "vol-create-as p over 1M --format qcow2 --backing-vol q --backing-vol-format qcow2",
            "vol-create-as p pre 1M --format qcow2 --prealloc-metadata", "vol-create-as p d 1M --format dir", "vol-create-as p vmdk 1M --format vmdk", "vol-create-as p vdi 1M --format vdi",
            "vol-create-as p vpc 1M --format vpc", "vol-create-as p iso 1M --format iso", "vol-create-as p qed 1M --format qed", "vol-create-as p null 0",
            .. new[] { "full", "empty", "half", "more", "q", "over", "pre", "d", "vmdk", "vdi", "vpc", "iso", "null" }.SelectMany(static name => new[] { $"vol-dumpxml {name} p", $"vol-info {name} p", $"vol-info {name} p --bytes --physical" }),
            "vol-list p", "vol-list p --details", "pool-refresh p", "vol-list p --details", "vol-dumpxml over p", "vol-dumpxml pre p", "vol-dumpxml vmdk p", "vol-dumpxml iso p",
            "vol-path q p", "vol-key q p", "vol-name ${DIR}/a//q", "vol-pool ${DIR}/a/q", "vol-name ${DIR}/a/../a/q", "pool-refresh p",
        ],
        ["volumes that are not made"] =
        [
            "pool-create-as p dir --target ${DIR}/a --build", "vol-create-as p v 1M", "vol-create-as p v 1M", "vol-create-as p a/b 1M", "vol-create-as p .. 1M", "vol-create-as p big 1P",
            "vol-create-as p n 1M --format none", "vol-create-as p n 1M --format vhd", "vol-create-as p n 1M --format bochs", "vol-create-as p n 1M --format ploop", "vol-create-as p n 1M --prealloc-metadata",
            "vol-create-as p n 1M --format raw --backing-vol v", "vol-create-as p n 1M --format qcow2 --backing-vol nobody", "vol-create-as p n 1M --format qcow2 --backing-vol v --backing-vol-format qcow2",
            "vol-create-as p n 1M --format qcow2 --backing-vol v --backing-vol-format raw --prealloc-metadata", "vol-create p ${NOSIZE}", "vol-create p ${FOO}", "vol-create p ${GONE}", "vol-create p ${LUKS}",
            "vol-create p ${HUGE}", "vol-create nobody ${GONE}", "vol-list p",
        ],
        ["volumes are copied"] =
        [
            "pool-create-as p dir --target ${DIR}/a --build", "pool-create-as o dir --target ${DIR}/o --build", "vol-create-as p v 1M", "vol-create-as p s 1M --allocation 0", "vol-create-as p q 1M --format qcow2",
            "vol-upload v ${FILE} p", "pool-refresh p", "vol-clone v w p", "vol-info w p", "vol-clone s t p", "vol-info t p", "vol-clone q r p", "vol-dumpxml r p", "vol-clone q r p", "vol-clone nobody x p",
            "vol-create-from o ${COPY} v --inputpool p", "vol-dumpxml copy o", "vol-create-from o ${QCOPY} v --inputpool p", "vol-dumpxml qcopy o", "vol-clone v x p --prealloc-metadata",
            "vol-download w ${DIR}/w p", "vol-list p", "vol-list o",
        ],
        ["volumes are changed"] =
        [
            "pool-create-as p dir --target ${DIR}/a --build", "vol-create-as p v 1M", "vol-create-as p q 1M --format qcow2", "vol-create-as p d 0 --format dir", "vol-resize v 2M p", "vol-info v p", "vol-resize v 512K p",
            "vol-resize v 1M p", "vol-resize v 1M p --delta", "vol-resize v -1M p --delta --shrink", "vol-resize v 4M p --allocate", "vol-info v p", "vol-resize q 4M p", "vol-resize q 2M p --shrink", "vol-resize q 2M p --allocate",
            "vol-info q p", "vol-resize d 1M p", "vol-wipe v p", "vol-info v p", "vol-wipe q p", "vol-info q p", "vol-wipe d p", "vol-wipe v p --algorithm trim", "vol-wipe v p --algorithm nonsense", "vol-delete v p --delete-snapshots",
            "vol-delete v p", "vol-delete v p", "vol-delete d p", "vol-delete nobody p", "vol-delete ${DIR}/a/q", "vol-list p", "vol-wipe nobody p",
        ],
        ["volumes have content"] =
        [
            "pool-create-as p dir --target ${DIR}/a --build", "vol-create-as p v 1M --allocation 0", "vol-create-as p d 0 --format dir", "vol-upload v ${FILE} p", "vol-info v p", "vol-upload v ${FILE} p --offset 100",
            "vol-upload v ${FILE} p --offset 100 --length 5", "vol-upload v /nowhere p", "vol-upload d ${FILE} p", "vol-download v ${DIR}/out p --offset 10 --length 20", "vol-download v ${DIR}/out p --sparse",
            "vol-download v ${DIR}/out p --offset 99999999", "vol-download nobody ${DIR}/out p", "vol-upload v ${FILE} p --sparse", "vol-info v p",
        ],
        ["what was there before"] =
        [
            "pool-create-as p dir --target ${DIR}/before", "vol-list p --details",
            .. new[] { "dangling", "link", "old", "new", "raw", "missing", "relative", "plain", "sub", "tiny", "isofs", "server", "json", "luks" }.Select(static name => $"vol-dumpxml {name} p"),
            "pool-refresh p", "vol-list p --details", "vol-resize luks 4M p", "vol-delete link p", "vol-delete sub p", "vol-delete raw p", "vol-list p",
        ],
        ["options of pools"] =
        [
            "pool-define ${KNOWN} --validate", "pool-uuid known", $"pool-name {Known}", "pool-name nobody", "pool-info known --bytes", "pool-dumpxml known --xpath //name --wrap", "pool-start known --build",
            "pool-destroy known", "pool-start known --no-overwrite", "pool-start known --overwrite", "pool-start known --build --overwrite --no-overwrite", "pool-start known", "pool-create ${TRANSIENT}",
            "pool-create ${TRANSIENT} --build", "pool-create ${TRANSIENT} --build --no-overwrite", "pool-autostart known", "pool-autostart known --disable", "pool-list --inactive", "pool-list --persistent",
            "pool-list --no-autostart --all", "pool-list --type dir", "pool-list --type fs,netfs --all", "pool-list --type tram", "pool-list --all --uuid", "pool-list --all --name --uuid", "pool-list --transient --name",
            "pool-event --event refresh --timeout 1 --timestamp", "pool-event --pool nobody --event lifecycle --timeout 1", "pool-edit nobody", "pool-destroy t",
            "pool-define-as f fs --source-dev /dev/nowhere --source-format ext4 --target /t", "pool-dumpxml f", "pool-build f", "pool-start f", "pool-delete f",
            "pool-define-as n netfs --source-host 127.0.0.1 --source-path /x --source-format nfs --source-protocol-ver 4.1 --target ${DIR}/n", "pool-dumpxml n",
            "pool-define-as i iscsi --source-host h --source-dev iqn --source-initiator iqn.i --auth-type chap --auth-username u --secret-usage s --target /dev/disk/by-path", "pool-dumpxml i",
            $"pool-define-as j iscsi --source-host h --source-dev other --auth-type chap --auth-username u --secret-uuid {Known} --target /dev/disk/by-path", "pool-dumpxml j",
            "pool-define-as k iscsi --source-host h --source-dev more --auth-type chap --auth-username u --target /dev/disk/by-path",
            "pool-define-as s scsi --adapter-name scsi_host77 --target /dev", "pool-dumpxml s", "pool-start s", "pool-delete s", "pool-build s",
            "pool-define-as w scsi --adapter-wwnn 20000000c9831b4b --adapter-wwpn 10000000c9831b4b --adapter-parent scsi_host78 --target /dev", "pool-dumpxml w",
            "pool-define-as x scsi --adapter-wwnn 20000000c9831b4c --adapter-wwpn 10000000c9831b4c --adapter-parent-wwnn 20000000c9831b4d --adapter-parent-wwpn 10000000c9831b4d --target /dev", "pool-dumpxml x",
            "pool-define-as y scsi --adapter-wwnn 20000000c9831b4e --adapter-wwpn 10000000c9831b4e --adapter-parent-fabric-wwn 20000000c9831b4f --target /dev", "pool-dumpxml y",
            "pool-define-as l logical --source-name nowhere --source-dev /dev/nowhere", "pool-dumpxml l", "pool-start l", "pool-define-as d disk --source-dev /dev/nowhere --target /dev --source-format gpt", "pool-start d",
            "pool-define-as iscsidirect iscsi-direct --source-host h --source-dev iqn", "pool-define-as m mpath --target /dev/mapper", "pool-dumpxml m", "pool-define-as v vstorage --source-name c --target /v",
            "pool-define-as g gluster --source-host h --source-name v --source-path /", "find-storage-pool-sources-as netfs", "find-storage-pool-sources-as iscsi", "find-storage-pool-sources dir ${FOO}", "find-storage-pool-sources netfs ${FOO}",
            "find-storage-pool-sources-as scsi", "find-storage-pool-sources-as disk", "find-storage-pool-sources-as mpath", "find-storage-pool-sources-as vstorage", "pool-list --all --details",
        ],
        ["options of volumes"] =
        [
            "pool-create-as p dir --target ${DIR}/a --build", "vol-create p ${VOLUME}", "vol-create p ${WRONG}", "vol-create p ${QVOLUME} --prealloc-metadata", "vol-dumpxml q p",
            "vol-create p ${NOCOW}", "vol-dumpxml nocow p", "vol-create-from p ${COPY} v --inputpool p --reflink", "vol-create-from p ${QCOPY} v --inputpool p --prealloc-metadata", "vol-dumpxml qcopy p",
            "vol-clone v w p --reflink", "vol-dumpxml v p --xpath //name --wrap", "vol-pool ${DIR}/a/v --uuid", "vol-list p --details", "vol-download v ${DIR}/o p --offset 5 --sparse", "vol-create-as p tiny 16K",
            .. new[] { "zero", "nnsa", "dod", "bsi", "gutmann", "schneier", "pfitzner7", "pfitzner33", "random", "trim" }.SelectMany(static way => new[] { $"vol-wipe tiny p --algorithm {way}", "vol-info tiny p" }),
            "vol-create-as p base 1M --format qcow2", "vol-create-as p one 2M --format qcow2 --backing-vol base --backing-vol-format qcow2", "vol-create-as p two 4M --format qcow2 --backing-vol one --backing-vol-format qcow2",
            "vol-dumpxml two p", "vol-delete base p", "pool-refresh p", "vol-dumpxml one p", "vol-dumpxml two p", "vol-resize two 8M p", "vol-info two p", "vol-clone two flat p",
        ],
    };

    /// <summary>Documents that the scripts name.</summary>
    public static void Prepare(Documents documents, string folder)
    {
        documents.Set("DIR", folder);
        documents.With("FOO", "<foo/>").With("NOPATH", "<pool type='dir'><name>x</name></pool>").With("BADTYPE", "<pool type='tram'><name>x</name></pool>")
            .With("PERMISSIONS", $"<pool type='dir'><name>perms</name><target><path>{folder}/perms</path><permissions><mode>0750</mode><owner>12</owner><group>34</group></permissions></target></pool>")
            .With("NOSIZE", "<volume><name>n</name></volume>").With("HUGE", "<volume><name>n</name><capacity>18446744073709551615</capacity></volume>")
            .With("GONE", "<volume><name>n</name><capacity>1</capacity><target><format type='qcow2'/></target><backingStore><path>/nowhere/x</path><format type='raw'/></backingStore></volume>")
            .With("LUKS", "<volume><name>n</name><capacity>1</capacity><target><format type='raw'/><encryption format='luks'/></target></volume>")
            .With("COPY", "<volume><name>copy</name><capacity>2097152</capacity></volume>")
            .With("QCOPY", "<volume><name>qcopy</name><target><format type='qcow2'/></target></volume>")
            .With("FILE", string.Concat(Enumerable.Repeat("0123456789\n", 3000)));
        documents.With("KNOWN", $"<pool type='dir'><name>known</name><uuid>{Known}</uuid><target><path>{folder}/known</path></target></pool>")
            .With("TRANSIENT", $"<pool type='dir'><name>t</name><target><path>{folder}/t</path></target></pool>")
            .With("VOLUME", "<volume><name>v</name><capacity unit='MiB'>1</capacity><target/></volume>").With("WRONG", "<volume><name>x</name><capacity unit='MiB'>1</capacity><tram/></volume>")
            .With("QVOLUME", "<volume><name>q</name><capacity unit='MiB'>1</capacity><target><format type='qcow2'/></target></volume>")
            .With("NOCOW", "<volume><name>nocow</name><capacity unit='MiB'>1</capacity><target><nocow/></target></volume>");
        Before(Path.Join(folder, "before"));
    }

    // Images by their first bytes, so that qemu-img is not asked for what it has different words for in each release.
    static void Before(string folder)
    {
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Path.Join(folder, "sub"));
        File.CreateSymbolicLink(Path.Join(folder, "dangling"), "/nowhere/x");
        File.CreateSymbolicLink(Path.Join(folder, "link"), "plain");
        File.WriteAllText(Path.Join(folder, "plain"), new string('x', 10_240));
        File.WriteAllBytes(Path.Join(folder, "tiny"), "QFI\u00fb"u8.ToArray());
        File.WriteAllBytes(Path.Join(folder, "raw"), new byte[4096]);
        byte[] luks = new byte[1 << 20];
        new byte[] { (byte)'L', (byte)'U', (byte)'K', (byte)'S', 0xba, 0xbe, 0, 1 }.CopyTo(luks, 0);
        luks[107] = 8;                          // content begins after so many sectors
        File.WriteAllBytes(Path.Join(folder, "luks"), luks);
        Image(folder, "old", 2, null, 0, 0);
        Image(folder, "new", 3, null, 1, 1 << 4);
        Image(folder, "missing", 3, "gone.img", 0, 0);
        Image(folder, "relative", 3, "plain", 0, 0);
        Image(folder, "server", 3, "nbd://localhost:10809/x", 0, 0);
        Image(folder, "json", 3, "json:{\"driver\":\"raw\",\"file\":{\"driver\":\"file\",\"filename\":\"/x/y\"}}", 0, 0);
        byte[] iso = new byte[40_960];
        "CD001"u8.CopyTo(iso.AsSpan(32_769));
        File.WriteAllBytes(Path.Join(folder, "isofs"), iso);
    }

    static void Image(string folder, string name, int version, string? below, byte compatible, byte incompatible)
    {
        byte[] image = new byte[4096];
        new byte[] { (byte)'Q', (byte)'F', (byte)'I', 0xfb, 0, 0, 0, (byte)version }.CopyTo(image, 0);
        image[23] = 16;                         // clusters of 64 KiB
        image[29] = 0x10;                       // one MiB
        if (version == 3)
        {
            (image[79], image[87], image[103]) = (incompatible, compatible, 104);
            // The format of the image below is an extension of the header.
            new byte[] { 0xe2, 0x79, 0x2a, 0xca, 0, 0, 0, 3, (byte)'r', (byte)'a', (byte)'w' }.CopyTo(image, 104);
        }
        if (below is not null)
        {
            (image[14], image[19]) = (2, (byte)below.Length);
            System.Text.Encoding.ASCII.GetBytes(below).CopyTo(image, 512);
        }
        File.WriteAllBytes(Path.Join(folder, name), image);
    }
}
