using Vireo.Core.Errors;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;
using Xunit;

namespace Vireo.Tests.Drivers.Storage;

/// <summary>Runs of qemu-img against those that libvirtd made for the same volumes.</summary>
public class ImageCommandTests
{
    const string Luks = "<encryption format='luks'><secret type='passphrase' uuid='f52a81b2-424e-490c-823d-6bd4235bc572'/>{0}</encryption>";
    const string Cipher = "<cipher name='serpent' size='256' mode='cbc' hash='sha256'/><ivgen name='plain64' hash='sha256'/>";
    const string Below = "<backingStore><path>/pool/base</path><format type='raw'/></backingStore>";

    static StorageVolumeDef Volume(string name, string format, string target = "", string rest = "", ulong? allocation = null) => StorageVolumeDef.Define(
        $"<volume><name>{name}</name><capacity unit='M'>10</capacity>{(allocation is null ? "" : $"<allocation unit='M'>{allocation}</allocation>")}"
        + $"<target><path>/pool/{name}</path><format type='{format}'/>{target}</target>{rest}</volume>", StoragePoolKind.Of(StoragePoolType.Dir));

    static string Made(StorageVolumeDef volume, StorageVolumeDef? content = null, bool preallocate = false) => string.Join('\n', ImageCommands.Make(
        new ImageRequest(volume) { Content = content, Preallocate = preallocate, SecretFile = "/s", ContentSecretFile = "/c" }).Select(static run => string.Join(' ', run)));

    static string Encrypted(string inside = "") => Luks.Replace("{0}", inside, StringComparison.Ordinal);

    [Theory]
    [InlineData("qcow2", "", null, "preallocation=falloc,compat=0.10")]
    [InlineData("qcow2", "", 1, "preallocation=metadata,compat=0.10")]
    public void Space_is_taken_for_everything_if_the_allocation_is_the_capacity(string format, string target, int? allocation, string options) =>
        Assert.Equal($"create -f {format} -o {options} /pool/a 10240K", Made(Volume("a", format, target, allocation: (ulong?)allocation), preallocate: true));

    [Theory]
    [InlineData("qed", "", "create -f qed /pool/a 10240K")]
    [InlineData("vmdk", "<nocow/>", "create -f vmdk -o nocow=on /pool/a 10240K")]
    [InlineData("qcow", "<clusterSize unit='KiB'>128</clusterSize>", "create -f qcow -o cluster_size=131072 /pool/a 10240K")]
    [InlineData("qcow2", "<compat></compat>", "create -f qcow2 -o compat=0.10 /pool/a 10240K")]
    [InlineData("qcow2", "<features/>", "create -f qcow2 -o compat=1.1 /pool/a 10240K")]
    [InlineData("qcow2", "<features><lazy_refcounts/><extended_l2/></features>", "create -f qcow2 -o compat=1.1,lazy_refcounts,extended_l2=on /pool/a 10240K")]
    public void Options_are_those_of_the_format(string format, string target, string run) => Assert.Equal(run, Made(Volume("a", format, target)));

    [Fact]
    public void Everything_has_its_place() => Assert.Equal(
        "create -f qcow2 -b /pool/base --object secret,id=a_encrypt0,file=/s -o backing_fmt=raw,encrypt.format=luks,encrypt.key-secret=a_encrypt0,nocow=on,"
        + "compat=1.1,cluster_size=131072,lazy_refcounts /pool/a 10240K",
        Made(Volume("a", "qcow2", Encrypted() + "<nocow/><clusterSize unit='KiB'>128</clusterSize><features><lazy_refcounts/></features>", Below)));

    [Fact]
    public void A_cipher_of_qcow2_has_its_prefix() => Assert.Equal(
        "create -f qcow2 --object secret,id=a_encrypt0,file=/s -o encrypt.format=luks,encrypt.key-secret=a_encrypt0,encrypt.cipher-alg=serpent-256,encrypt.cipher-mode=cbc,"
        + "encrypt.hash-alg=sha256,encrypt.ivgen-alg=plain64,encrypt.ivgen-hash-alg=sha256,compat=1.1 /pool/a 10240K",
        Made(Volume("a", "qcow2", Encrypted(Cipher) + "<compat>1.1</compat>")));

    [Fact]
    public void A_copy_has_nothing_below_it() =>
        Assert.Equal("convert -f raw -O qcow2 -o compat=0.10 /pool/base /pool/a", Made(Volume("a", "qcow2", rest: Below), Volume("base", "raw")));

    [Fact]
    public void Between_encrypted_images_both_keys_are_given() => Assert.Equal("""
        create -f qcow2 --object secret,id=a_encrypt0,file=/s -o encrypt.format=luks,encrypt.key-secret=a_encrypt0,compat=0.10 /pool/a 10240K
        convert --image-opts -n --target-image-opts --object secret,id=a_encrypt0,file=/s --object secret,id=q_encrypt0,file=/c driver=qcow2,file.filename=/pool/q,encrypt.key-secret=q_encrypt0 driver=qcow2,file.filename=/pool/a,encrypt.key-secret=a_encrypt0
        """, Made(Volume("a", "qcow2", Encrypted()), Volume("q", "qcow2", Encrypted())));

    [Theory]
    [InlineData("raw", "", "", true, "unsupported configuration: metadata preallocation only available with qcow2")]
    [InlineData("qed", "", "", true, "unsupported configuration: metadata preallocation only available with qcow2")]
    [InlineData("qcow2", "", Below, true, "unsupported configuration: metadata preallocation conflicts with backing store")]
    [InlineData("raw", Luks, Below, false, "unsupported configuration: cannot set backing store for raw volume")]
    [InlineData("vmdk", Luks, "", false, "unsupported configuration: volume encryption unsupported with format vmdk")]
    [InlineData("qed", "<compat>0.10</compat>", "", false, "unsupported configuration: compatibility option only available with qcow2")]
    [InlineData("vmdk", "<features><lazy_refcounts/></features>", "", false, "unsupported configuration: compatibility option only available with qcow2")]
    [InlineData("qcow2", "<compat>0.10</compat><features><extended_l2/></features>", "", false, "unsupported configuration: 'extended_l2' not supported with compat level 0.10")]
    [InlineData("qcow2", "<encryption format='qcow'/>", "", false, "invalid argument: A single <secret type='passphrase'...> element is expected in encryption description")]
    [InlineData("raw", "<encryption format='luks2'><secret type='passphrase' uuid='f52a81b2-424e-490c-823d-6bd4235bc572'/></encryption>", "", false, "internal error: Only luks encryption is supported for raw files")]
    public void What_qemu_img_could_not_make_is_refused_with_the_same_words(string format, string target, string rest, bool preallocate, string message) =>
        Assert.Equal(message, Assert.Throws<VireoException>(() => Made(Volume("a", format, target.Replace("{0}", "", StringComparison.Ordinal), rest, 1), preallocate: preallocate)).Message);

    [Theory]
    [InlineData("", false, "resize /pool/a 4096")]
    [InlineData("", true, "resize --shrink /pool/a 4096")]
    [InlineData(Luks, false, "resize --object secret,id=a_encrypt0,file=/s --image-opts driver=qcow2,encrypt.key-secret=a_encrypt0,file.filename=/pool/a 4096")]
    public void A_new_capacity_is_given_in_bytes(string target, bool shrink, string run) => Assert.Equal(run, string.Join(' ',
        ImageCommands.Resize(Volume("a", "qcow2", target.Replace("{0}", "", StringComparison.Ordinal)), 4096, shrink, "/s")));
}
