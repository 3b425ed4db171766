using Vireo.Core;

namespace Vireo.Model.Shared;

public sealed partial record VirtualPort
{
    /// <summary>With the identities that its kind of switch asks for; one that is of no kind yet, and may become one of either by its network, gets both.</summary>
    /// <param name="newUuid">Makes them.</param>
    public VirtualPort Identified(Func<Uuid> newUuid)
    {
        ArgumentNullException.ThrowIfNull(newUuid);
        bool wantsInterface = Type is null or VirtualPortType.OpenVSwitch, wantsInstance = Type is null or VirtualPortType.Vepa;
        VirtualPortParameters now = Parameters ?? new();
        return !wantsInterface && !wantsInstance ? this : this with
        {
            Parameters = now with
            {
                InstanceId = now.InstanceId ?? (wantsInstance ? newUuid() : null),
                InterfaceId = now.InterfaceId ?? (wantsInterface ? newUuid() : null),
            },
        };
    }

    /// <summary>As a network gives it to a card: with the identity that its kind of switch asks for, and for Open vSwitch with nothing that it does not know.</summary>
    /// <param name="newUuid">Makes the identity.</param>
    public VirtualPort Completed(Func<Uuid> newUuid)
    {
        if (Type is null)
            return this;
        VirtualPort port = Identified(newUuid);
        return Type is not VirtualPortType.OpenVSwitch ? port
            : port with { Parameters = new VirtualPortParameters { InterfaceId = port.Parameters!.InterfaceId, ProfileId = port.Parameters.ProfileId } };
    }
}
