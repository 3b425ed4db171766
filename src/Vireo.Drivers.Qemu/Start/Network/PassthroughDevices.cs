using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;
using Vireo.Host.Network;
using Vireo.Host.Pci;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Qemu.Start.Network;

/// <summary>
/// Devices of the host that a guest has for itself alone, by a macvtap that passes everything through: they get the guest's address, and a virtual function its tag.
/// What was before is in a file until it is given back.
/// </summary>
/// <param name="sys">Where sysfs is.</param>
/// <param name="links">The devices.</param>
/// <param name="folder">Where the files are.</param>
sealed class PassthroughDevices(string sys, IFunctionLinks links, string folder)
{
    /// <summary>The host's.</summary>
    internal static PassthroughDevices OfHost(Host.DriverPaths paths) => new("/sys", new HostFunctionLinks(), paths.StateDir);

    /// <summary>Sets a device as its guest wants it.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED: only virtual functions have tags, and each one; VIR_ERR_INTERNAL_ERROR: a function's card does not run;
    /// VIR_ERR_SYSTEM_ERROR: the kernel refuses. The device is as it was.</exception>
    internal void Take(string device, MacAddress address, Vlan? tags)
    {
        VirtualFunction? function = VirtualFunction.FindByDevice(sys, device);
        if (tags is not null && function is null)
            throw QemuErrors.Unsupported($"vlan can only be set for SR-IOV VFs, but {device} is not a VF");
        if (tags is { Trunk: true } or { Tags.Count: > 1 })
            throw QemuErrors.Unsupported("vlan trunking is not supported by SR-IOV network devices");
        CardSettings now = function is null ? new CardSettings { OwnAddress = links.AddressOf(device) } : CardSettings.Of(links, function, withVlan: tags is not null);
        now.Write(FileOf(device, function));
        try
        {
            links.SetAddress(device, address);
            if (tags is { Tags: [var tag, ..] })
                links.SetVlan(function!.Card, function.Number, tag.Id);
        }
        catch (VireoException)
        {
            GiveBack(device);
            throw;
        }
    }

    /// <summary>Sets a device as it was; one that nobody took stays as it is.</summary>
    internal void GiveBack(string device)
    {
        VirtualFunction? function = VirtualFunction.FindByDevice(sys, device);
        string file = FileOf(device, function);
        if (!File.Exists(file))
            return;
        try
        {
            CardSettings before = CardSettings.Read(file)!;
            if (before.OwnAddress is { } address)
                links.SetAddress(device, address);
            if (function is not null && before.Vlan is { } vlan)
                links.SetVlan(function.Card, function.Number, vlan);
        }
        catch (VireoException)
        {
            // It is gone, or the next guest sets it anew.
        }
        AtomicFile.Delete(file, durable: false);
    }

    string FileOf(string device, VirtualFunction? function) => function is null ? Path.Join(folder, device) : CardSettings.FileOf(folder, function);
}
