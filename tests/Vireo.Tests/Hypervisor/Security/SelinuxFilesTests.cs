using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Security;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security;

public sealed class SelinuxFilesTests : IDisposable
{
    const string Before = "system_u:object_r:mine_t:s0", Guest = "system_u:object_r:svirt_image_t:s0:c1,c2", Other = "system_u:object_r:svirt_image_t:s0:c3,c4";
    const string Default = "system_u:object_r:virt_image_t:s0";
    const string LabelAttribute = "trusted.libvirt.security.selinux", CountAttribute = "trusted.libvirt.security.ref_selinux", BootAttribute = "trusted.libvirt.security.timestamp_selinux";
    const long Boot = 1_700_000_000;

    readonly SelinuxTree host = new();
    readonly string folder, file;
    readonly SelinuxFiles files;

    public SelinuxFilesTests()
    {
        folder = Directory.CreateTempSubdirectory("labelled").FullName;
        file = Path.Join(folder, "disk.raw");
        File.WriteAllText(file, "");
        files = new SelinuxFiles(host.Policy, remember: true, Boot);
        Assert.SkipUnless(OwnProcess.IsRoot, "needs root, to label files");
        Assert.SkipWhen(SelinuxPolicy.IsThere(FileSystemRoot.Host), "this host's own policy has a say");
        Assert.SkipWhen(FileOwner.SetAttribute(file, SelinuxFiles.Attribute, Before + '\0') != 0, "the file system keeps no labels");
    }

    string? Attribute(string name) => FileOwner.Attribute(file, name, out _);

    [Fact]
    public void A_file_gets_its_label_from_before_back()
    {
        Assert.Equal(Labelling.Done, files.Label(file, Guest, keep: true));
        Assert.Equal(Guest + '\0', Attribute(SelinuxFiles.Attribute));
        Assert.Equal(Before, Attribute(LabelAttribute));
        Assert.Equal("1", Attribute(CountAttribute));
        Assert.Equal("1700000000", Attribute(BootAttribute));
        Assert.True(files.TakeBack(file));
        Assert.Equal(Before, SelinuxFiles.Find(file));
        Assert.Null(Attribute(LabelAttribute));
        Assert.Null(Attribute(CountAttribute));
        Assert.Null(Attribute(BootAttribute));
    }

    [Fact]
    public void The_last_of_several_users_gives_it_back_and_one_with_another_label_is_refused()
    {
        _ = files.Label(file, Guest, keep: true);
        _ = files.Label(file, Guest, keep: true);
        Assert.Equal("2", Attribute(CountAttribute));
        var error = Assert.Throws<VireoException>(() => files.Label(file, Other, keep: true));
        Assert.Equal($"Requested operation is not valid: Setting different SELinux label on {file} which is already in use", error.Message);
        Assert.Equal("2", Attribute(CountAttribute));
        Assert.True(files.TakeBack(file));
        Assert.Equal(Guest, SelinuxFiles.Find(file));
        Assert.True(files.TakeBack(file));
        Assert.Equal(Before, SelinuxFiles.Find(file));
    }

    [Fact]
    public void Owner_and_label_of_one_file_are_remembered_side_by_side()
    {
        var ids = new Ids(64055, 64055);
        var ownership = new Ownership(remember: true, Boot);
        Assert.Equal(0, FileOwner.Give(file, new Ids(1000, 1001)));
        ownership.Give(file, ids, keep: true);
        _ = files.Label(file, Guest, keep: true);
        ownership.TakeBack(file, ids);
        Assert.Equal(Guest, SelinuxFiles.Find(file));
        Assert.Equal("1", Attribute(CountAttribute));
        Assert.True(files.TakeBack(file));
        Assert.Equal(Before, SelinuxFiles.Find(file));
        Assert.Equal(new Ids(1000, 1001), FileOwner.Find(file, out _)!.Value.Owner);
    }

    [Fact]
    public void A_daemon_that_died_in_between_leaves_what_the_next_one_understands()
    {
        // Remembered, not yet labelled.
        foreach ((string name, string value) in new[] { (LabelAttribute, Before), (BootAttribute, "1700000000"), (CountAttribute, "1") })
            Assert.Equal(0, FileOwner.SetAttribute(file, name, value));
        Assert.True(files.TakeBack(file, onlyKept: true));
        Assert.Equal(Before, SelinuxFiles.Find(file));
        Assert.Null(Attribute(CountAttribute));
        // Half remembered.
        Assert.Equal(0, FileOwner.SetAttribute(file, LabelAttribute, Other));
        _ = files.Label(file, Guest, keep: true);
        Assert.Equal(Before, Attribute(LabelAttribute));
        // Labelled: what is taken back twice is taken back once.
        Assert.True(files.TakeBack(file, onlyKept: true));
        Assert.True(files.TakeBack(file, onlyKept: true));
        Assert.Equal(Before, SelinuxFiles.Find(file));
    }

    [Fact]
    public void What_was_written_before_the_last_boot_or_makes_no_sense_is_not_believed()
    {
        using (var earlier = new SelinuxFiles(host.Policy, remember: true, Boot - 1000))
            _ = earlier.Label(file, Guest, keep: true);
        _ = files.Label(file, Other, keep: true);
        Assert.Equal("1", Attribute(CountAttribute));
        Assert.Equal(Guest, Attribute(LabelAttribute));
        Assert.Equal(0, FileOwner.SetAttribute(file, LabelAttribute, "junk"));
        _ = files.Label(file, Guest, keep: true);
        Assert.Equal(Other, Attribute(LabelAttribute));
    }

    [Fact]
    public void Where_nothing_is_remembered_the_policy_knows_the_label()
    {
        Assert.SkipUnless(LibSelinux.IsThere, "needs libselinux");
        host.Write("/etc/selinux/default/contexts/files/file_contexts", $"{folder}(/.*)?\t{Default}\n{folder}/none\t<<none>>\n");
        string none = Path.Join(folder, "none"), link = Path.Join(folder, "none-link");
        File.WriteAllText(none, "");
        _ = File.CreateSymbolicLink(link, none);
        using var forgetful = new SelinuxFiles(host.Policy, remember: false, Boot);
        _ = forgetful.Label(file, Guest, keep: true);
        Assert.Null(Attribute(CountAttribute));
        Assert.True(forgetful.TakeBack(file));
        Assert.Equal(Default, SelinuxFiles.Find(file));
        _ = forgetful.Label(link, Guest, keep: false);
        Assert.Equal(Guest, SelinuxFiles.Find(none));
        Assert.False(forgetful.TakeBack(link));
        Assert.Equal(Guest, SelinuxFiles.Find(none));
    }

    [Fact]
    public void A_table_that_changes_is_read_again()
    {
        Assert.SkipUnless(LibSelinux.IsThere, "needs libselinux");
        string table = Path.Join(folder, "file_contexts");
        using var contexts = new FileContexts(table);
        Assert.Null(contexts.Find("/a", 0x8000));
        File.WriteAllText(table, "/.*\tu:object_r:one_t:s0\n/b\t-d\tu:object_r:folder_t:s0\n");
        Assert.Equal("u:object_r:one_t:s0", contexts.Find("/b", 0x8000));
        Assert.Equal("u:object_r:folder_t:s0", contexts.Find("/b", 0x4000));
        File.WriteAllText(table, "/.*\tu:object_r:two_t:s0\n");
        File.SetLastWriteTimeUtc(table, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("u:object_r:two_t:s0", contexts.Find("/b", 0x8000));
    }

    [Fact]
    public void With_nothing_remembered_and_no_table_a_file_stays_as_it_is()
    {
        _ = files.Label(file, Guest, keep: false);
        Assert.False(files.TakeBack(file));
        Assert.Equal(Guest, SelinuxFiles.Find(file));
    }

    [Fact]
    public void A_file_that_is_missing_is_an_error_for_who_labels_it_and_none_for_who_takes_it_back()
    {
        string missing = Path.Join(folder, "missing");
        var error = Assert.Throws<VireoException>(() => files.Label(missing, Guest, keep: true));
        Assert.Equal($"unable to set security context '{Guest}' on '{missing}': No such file or directory", error.Message);
        host.Write("/sys/fs/selinux/enforce", "0");
        Assert.Equal(Labelling.Refused, files.Label(missing, Guest, keep: true));
        Assert.True(files.TakeBack(missing));
    }

    [Fact]
    public void What_keeps_no_labels_is_told_from_what_refuses_them()
    {
        Assert.Equal(Labelling.NotSupported, files.Label("/proc/self/mounts", Guest, keep: true));
        Assert.DoesNotContain("virt_use_nfs", files.Explain(file, Guest), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_files_are_labelled_too()
    {
        using (var open = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite))
        {
            Assert.Equal(Labelling.Done, files.Label(open, Guest));
            Assert.Contains("is not character device", Assert.Throws<VireoException>(() => files.LabelTap(open, Guest)).Message, StringComparison.Ordinal);
        }
        Assert.Equal(Guest, SelinuxFiles.Find(file));
        using var tun = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Read);
        Assert.Equal(Labelling.Done, files.LabelTap(tun, Guest));
        Assert.Null(SelinuxFiles.Find("/dev/null"));
    }

    [Fact]
    public void A_label_longer_than_usual_is_read_whole()
    {
        string label = "system_u:object_r:svirt_image_t:s0:" + string.Join(',', Enumerable.Range(0, 300).Select(static n => $"c{2 * n}"));
        _ = files.Label(file, label, keep: true);
        Assert.Equal(label, SelinuxFiles.Find(file));
    }

    public void Dispose()
    {
        files.Dispose();
        host.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
