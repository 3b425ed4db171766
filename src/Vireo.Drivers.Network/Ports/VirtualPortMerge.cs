using Vireo.Core.Errors;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Network.Ports;

/// <summary>A card, its network and its port group may each say something to the switch; together they must not contradict each other.</summary>
static class VirtualPortMerge
{
    /// <summary>All that was said; null: nothing.</summary>
    public static VirtualPort? Of(params ReadOnlySpan<VirtualPort?> said)
    {
        VirtualPort? all = null;
        foreach (VirtualPort? one in said)
            if (one is not null)
                all = all is null ? one : new VirtualPort { Type = Same(all.Type, one.Type, "type"), Parameters = Parameters(all.Parameters, one.Parameters) };
        return all;
    }

    static VirtualPortParameters? Parameters(VirtualPortParameters? one, VirtualPortParameters? other) => one is null ? other : other is null ? one : new VirtualPortParameters
    {
        ManagerId = Same(one.ManagerId, other.ManagerId, "managerid"),
        TypeId = Same(one.TypeId, other.TypeId, "typeid"),
        TypeIdVersion = Same(one.TypeIdVersion, other.TypeIdVersion, "typeidversion"),
        InstanceId = Same(one.InstanceId, other.InstanceId, "instanceid"),
        InterfaceId = Same(one.InterfaceId, other.InterfaceId, "interfaceid"),
        ProfileId = one.ProfileId is { } a && other.ProfileId is { } b && a != b ? throw Mismatch("profileid") : one.ProfileId ?? other.ProfileId,
    };

    static T? Same<T>(T? one, T? other, string what) where T : struct =>
        one is { } a && other is { } b && !a.Equals(b) ? throw Mismatch(what) : one ?? other;

    static VireoException Mismatch(string what) =>
        new(ErrorCode.XmlError, ErrorDomain.None, $"attempt to merge virtualports with mismatched {what}");
}
