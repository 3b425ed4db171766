using Vireo.Core.Errors;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Security;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security;

public sealed class OwnershipTests : IDisposable
{
    static readonly Ids Guest = new(64055, 64055), Other = new(64056, 64056), Before = new(1000, 1001);
    const long Boot = 1_700_000_000;

    readonly string file = Path.GetTempFileName();

    public OwnershipTests()
    {
        Assert.SkipUnless(OwnProcess.IsRoot, "needs root, to give files away");
        Assert.Equal(0, FileOwner.Give(file, Before));
        Assert.SkipWhen(FileOwner.SetAttribute(file, "trusted.vireo.test", "1") != 0, "the file system keeps no attributes");
        _ = FileOwner.SetAttribute(file, "trusted.vireo.test", null);
    }

    static Ownership Remembering => new(remember: true, Boot);

    Ids Owner => FileOwner.Find(file, out _)!.Value.Owner;

    string? Attribute(string name) => FileOwner.Attribute(file, name, out _);

    [Fact]
    public void A_file_goes_back_to_its_owner_from_before()
    {
        Remembering.Give(file, Guest, keep: true);
        Assert.Equal(Guest, Owner);
        Assert.Equal("+1000:+1001", Attribute(Ownership.OwnerAttribute));
        Assert.Equal("1", Attribute(Ownership.CountAttribute));
        Assert.Equal("1700000000", Attribute(Ownership.BootAttribute));
        Remembering.TakeBack(file, Guest);
        Assert.Equal(Before, Owner);
        Assert.Null(Attribute(Ownership.OwnerAttribute));
        Assert.Null(Attribute(Ownership.CountAttribute));
    }

    [Fact]
    public void The_last_of_several_users_gives_it_back()
    {
        var ownership = Remembering;
        ownership.Give(file, Guest, keep: true);
        ownership.Give(file, Guest, keep: true);
        Assert.Equal("2", Attribute(Ownership.CountAttribute));
        ownership.TakeBack(file, Guest);
        Assert.Equal(Guest, Owner);
        ownership.TakeBack(file, Guest);
        Assert.Equal(Before, Owner);
    }

    [Fact]
    public void A_guest_with_other_ids_does_not_get_it_meanwhile()
    {
        Remembering.Give(file, Guest, keep: true);
        var error = Assert.Throws<VireoException>(() => Remembering.Give(file, Other, keep: true));
        Assert.Equal(ErrorCode.OperationInvalid, error.Code);
        Assert.Equal(Guest, Owner);
    }

    [Fact]
    public void What_was_written_before_the_last_boot_is_not_believed()
    {
        new Ownership(remember: true, Boot - 1000).Give(file, Guest, keep: true);
        Remembering.Give(file, Guest, keep: true);
        Assert.Equal("1", Attribute(Ownership.CountAttribute));
        Assert.Equal("+64055:+64055", Attribute(Ownership.OwnerAttribute));
    }

    [Fact]
    public void Without_memory_it_goes_to_root()
    {
        var forgetful = new Ownership(remember: false, Boot);
        forgetful.Give(file, Guest, keep: true);
        Assert.Null(Attribute(Ownership.OwnerAttribute));
        forgetful.TakeBack(file, Guest);
        Assert.Equal(new Ids(0, 0), Owner);
    }

    [Fact]
    public void After_a_crash_only_what_was_given_away_is_taken_back()
    {
        Remembering.TakeBack(file, Guest, onlyKept: true);
        Assert.Equal(Before, Owner);
        Remembering.Give(file, Guest, keep: true);
        Remembering.TakeBack(file, Guest, onlyKept: true);
        Assert.Equal(Before, Owner);
    }

    [Fact]
    public void A_file_that_is_gone_needs_nothing_and_one_that_is_missing_is_told()
    {
        Remembering.TakeBack("/nosuch/file", Guest);
        var error = Assert.Throws<VireoException>(() => Remembering.Give("/nosuch/file", Guest, keep: true));
        Assert.Contains("unable to stat: /nosuch/file", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(file);
}
