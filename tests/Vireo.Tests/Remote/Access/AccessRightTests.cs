using System.Text.Json;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Remote.Access;

/// <summary>The permissions against libvirt's.</summary>
public sealed class AccessRightTests
{
    [Fact]
    public void Every_permission_has_libvirts_name_number_action_and_default()
    {
        JsonElement facts = Facts.Load("acl.json");
        var theirs = facts.GetProperty("classes").EnumerateArray().SelectMany(kind => kind.GetProperty("permissions").EnumerateArray()
            .Select(perm => (Class: kind.GetProperty("class").GetString()!.Replace('_', '-'), Perm: perm.GetProperty("perm").GetString()!.Replace('_', '-'),
                Number: perm.GetProperty("value").GetInt32(), Action: perm.GetProperty("action").GetString(), Anonymous: perm.GetProperty("anonymous").GetBoolean())))
            .Select(p => (Name: $"{p.Class}.{p.Perm}", p.Number, p.Action, p.Anonymous)).ToArray();
        var ours = AccessRight.All.Select(right => (right.Name, right.Number, (string?)right.Action, right.Anonymous)).ToArray();
        Assert.Equal(theirs, ours);
        Assert.Equal(105, ours.Length);
    }

    [Fact]
    public void A_right_is_found_by_its_name_and_nothing_else_is()
    {
        foreach (AccessRight right in AccessRight.All)
            Assert.Equal(right, AccessRight.Find(right.Name));
        Assert.Null(AccessRight.Find("domain.fly"));
        Assert.Equal(AccessObject.StorageVolume, AccessRight.FindObject("storage-vol"));
        Assert.Null(AccessRight.FindObject("volume"));
    }

    [Fact]
    public void The_enums_of_rights_are_the_numbers_of_their_kinds()
    {
        Assert.Equal("connect.interface-transaction", ((AccessRight)ConnectRight.InterfaceTransaction).Name);
        Assert.Equal("domain.set-password", ((AccessRight)DomainRight.SetPassword).Name);
        Assert.Equal("interface.stop", ((AccessRight)InterfaceRight.Stop).Name);
        Assert.Equal("network.search-ports", ((AccessRight)NetworkRight.SearchPorts).Name);
        Assert.Equal("network-port.delete", ((AccessRight)NetworkPortRight.Delete).Name);
        Assert.Equal("node-device.delete", ((AccessRight)NodeDeviceRight.Delete).Name);
        Assert.Equal("nwfilter.delete", ((AccessRight)NwFilterRight.Delete).Name);
        Assert.Equal("nwfilter-binding.delete", ((AccessRight)NwFilterBindingRight.Delete).Name);
        Assert.Equal("secret.delete", ((AccessRight)SecretRight.Delete).Name);
        Assert.Equal("storage-pool.format", ((AccessRight)StoragePoolRight.Format).Name);
        Assert.Equal("storage-vol.data-write", ((AccessRight)StorageVolumeRight.DataWrite).Name);
    }
}
