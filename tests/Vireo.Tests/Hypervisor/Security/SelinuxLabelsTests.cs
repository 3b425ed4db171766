using Vireo.Hypervisor.Security;
using Vireo.Model.Domain;
using Xunit;

namespace Vireo.Tests.Hypervisor.Security;

public sealed class SelinuxLabelsTests
{
    static readonly SelinuxContexts Contexts = new("u:r:image:s0", "u:r:content:s0");
    static readonly SecurityLabel Guest = new() { Type = SecurityLabelType.Dynamic, Model = "selinux", Relabel = true, Label = "u:r:guest:s0:c1,c2", ImageLabel = "u:r:image:s0:c1,c2" };
    static readonly DeviceLabel Other = new() { Model = "selinux", Relabel = true, Label = "u:r:other:s0" }, Keep = new() { Model = "selinux", Relabel = false };

    [Theory]
    [InlineData(GuestFileKind.Own, "u:r:image:s0:c1,c2", true)]
    [InlineData(GuestFileKind.Shared, "u:r:image:s0", false)]
    [InlineData(GuestFileKind.ReadOnly, "u:r:content:s0", false)]
    [InlineData(GuestFileKind.Backing, "u:r:content:s0", false)]
    [InlineData(GuestFileKind.Boot, "u:r:content:s0", true)]
    public void The_kind_decides(GuestFileKind kind, string label, bool returned) =>
        Assert.Equal(new FileLabel("/f", label, returned), SelinuxLabels.For("/f", kind, Guest, Contexts));

    [Fact]
    public void What_is_shared_is_shared_even_if_this_guest_only_reads_it()
    {
        Assert.Equal(GuestFileKind.Shared, SelinuxLabels.KindOf(isReadOnly: true, isShared: true));
        Assert.Equal(GuestFileKind.ReadOnly, SelinuxLabels.KindOf(isReadOnly: true, isShared: false));
        Assert.Equal(GuestFileKind.Own, SelinuxLabels.KindOf(isReadOnly: false, isShared: false));
    }

    static string? Label(SecurityLabel? guest, DeviceLabel[] written, DeviceLabel[]? above = null) =>
        SelinuxLabels.For("/f", GuestFileKind.Backing, guest, Contexts, written, above).Label;

    [Fact]
    public void A_sources_own_label_goes_before_that_of_the_image_above_and_both_before_the_kind()
    {
        Assert.Equal("u:r:other:s0", Label(Guest, [Other], [Keep]));
        Assert.Equal("u:r:other:s0", Label(Guest, [], [Other]));
        Assert.Null(Label(Guest, [Keep], [Other]));
        Assert.Null(Label(Guest, [], [Keep]));
        Assert.Null(Label(Guest, [new DeviceLabel { Model = "selinux", LabelSkip = true }]));
        Assert.Equal("u:r:content:s0", Label(Guest, [new DeviceLabel { Model = "selinux", Relabel = true }]));
        Assert.Equal("u:r:content:s0", Label(Guest, [Other with { Model = "dac" }]));
    }

    [Fact]
    public void Guests_that_are_not_confined_label_nothing()
    {
        Assert.Null(Label(null, [Other]));
        Assert.Null(Label(Guest with { Type = SecurityLabelType.None }, [Other]));
        Assert.Null(Label(Guest with { Type = SecurityLabelType.Static, Relabel = false }, [Other]));
    }
}
