namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>-name, -S.</summary>
sealed class NameChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        var name = new OptionText().Add("guest", to.Machine.Name);
        if (to.Start.ProcessName)
            name.Add("process", $"qemu:{to.Machine.Name}");
        to.Add("-name", name.Add("debug-threads", "on"));
    }
}

/// <summary>Its processors wait until they are told to run.</summary>
sealed class WaitingChapter : IChapter
{
    public void Write(ArgumentWriter to) => to.Add("-S");
}

/// <summary>The key with which secrets on the command line are encrypted.</summary>
sealed class MasterKeyChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Start.MasterKeyPath is { } path)
            to.Add(new QemuObject("secret", "masterKey0") { ["format"] = "raw", ["file"] = path });
    }
}

/// <summary>-uuid.</summary>
sealed class UuidChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.Uuid is { } uuid)
            to.Add("-uuid", uuid.ToString());
    }
}

/// <summary>QEMU's own configuration and devices stay out.</summary>
sealed class NoDefaultsChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        to.Add("-no-user-config");
        to.Add("-nodefaults");
    }
}

/// <summary>The monitor listens on a socket that was opened for it.</summary>
sealed class MonitorChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        string? fd = to.Start.StandAlone ? null : to.Pass(new Devices.DescriptorStep.ListenUnix(to.Start.MonitorPath));
        to.Add(new QemuChardev("socket", "charmonitor")
        {
            ["fd"] = fd, ["path"] = fd is null ? to.Start.MonitorPath : null, ["server"] = true, ["wait"] = false,
        });
        to.Add("-mon", new OptionText().Add("chardev", "charmonitor").Add("id", "monitor").Add("mode", "control"));
    }
}

/// <summary>System calls that QEMU may not make; the time in front of its messages.</summary>
sealed class SandboxChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Start.Sandbox is false)
            to.Add("-sandbox", "off");
        else if (to.Start.Sandbox is true)
            to.Add("-sandbox", new OptionText("on").Add("obsolete", "deny").Add("elevateprivileges", "deny")
                .Add("spawn", "deny").Add("resourcecontrol", "deny"));
    }
}

/// <summary>The time in front of QEMU's messages.</summary>
sealed class MessageChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Start.LogTimestamp)
            to.Add("-msg", "timestamp=on");
    }
}
