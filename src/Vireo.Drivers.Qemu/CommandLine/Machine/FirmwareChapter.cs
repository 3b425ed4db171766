using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>Flash images as block nodes; they come before -machine, which names them.</summary>
sealed class FirmwareChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        OsDef os = to.Machine.Os;
        if (os.Loader is not { Type: LoaderKind.Pflash, Path: { } path } loader)
            return;
        Flash(to, 0, path, loader.ReadOnly ?? false);
        if (VariableStore(os) is { } variables)
        {
            to.Add(new HostStep.SeedNvram(variables, os.Nvram?.Template ?? to.Start.VariableTemplates.GetValueOrDefault(path), path));
            Flash(to, 1, variables, readOnly: false);
        }
    }

    /// <summary>The machine's options that name the flash nodes.</summary>
    public static void AddToMachine(DomainDef machine, OptionText text)
    {
        if (machine.Os.Loader is not { Type: LoaderKind.Pflash, Path: not null })
            return;
        text.Add("pflash0", "libvirt-pflash0-format");
        if (VariableStore(machine.Os) is not null)
            text.Add("pflash1", "libvirt-pflash1-format");
    }

    static string? VariableStore(OsDef os) =>
        os.Nvram is null ? null : os.Nvram.Path ?? (os.Nvram.Source as DiskSource.OfFile)?.Path;

    static void Flash(ArgumentWriter to, int unit, string path, bool readOnly)
    {
        to.Add(new QemuBlockdev
        {
            ["driver"] = "file",
            ["filename"] = path,
            ["node-name"] = $"libvirt-pflash{unit}-storage",
            ["auto-read-only"] = true,
            ["discard"] = "unmap",
        });
        to.Add(new QemuBlockdev
        {
            ["node-name"] = $"libvirt-pflash{unit}-format",
            ["read-only"] = readOnly,
            ["driver"] = "raw",
            ["file"] = $"libvirt-pflash{unit}-storage",
        });
    }
}

/// <summary>-bios, and that only SMM may write to secure flash.</summary>
sealed class LoaderChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        Loader? loader = to.Machine.Os.Loader;
        if (loader is { Type: LoaderKind.Rom or null, Path: { } path })
            to.Add("-bios", path);
        else if (loader is { Type: LoaderKind.Pflash, Secure: true })
            to.Add("-global", "driver=cfi.pflash01,property=secure,value=on");
    }
}
