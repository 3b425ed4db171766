using Vireo.Core;
using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Inputs, TPMs, watchdogs, sources of randomness, panic devices, stores of last words.</summary>
static class SmallDeviceDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        Platform platform = Platform.Of(machine, context.Facts);
        DeviceSet set = machine.Devices;
        return machine with
        {
            Devices = set with
            {
                Inputs = set.Inputs.Map(i => i is { Bus: null, Type: not InputType.Evdev } ? i with { Bus = Bus(i, platform) } : i),
                Tpms = set.Tpms.Map(t => Complete(t, platform)),
                Watchdogs = set.Watchdogs.Map(static w => w.Action is null ? w with { Action = WatchdogAction.Reset } : w),
                Panics = set.Panics.Map(p => p.Model is null ? p with { Model = platform.PanicModel } : p),
                SharedMemories = set.SharedMemories.Map(Complete),
                Vsock = set.Vsock is { Model: null } vsock ? vsock with { Model = VsockModel.Virtio } : set.Vsock,
                Pstore = set.Pstore is { Path: null } store ? store with { Path = Path.Join(context.NvramFolder, machine.Name + "_PSTORE.raw") } : set.Pstore,
                Rngs = set.Rngs.Map(static r => r.Backend is RngBackend.OfRandom { Path: null } ? r with { Backend = new RngBackend.OfRandom { Path = "/dev/random" } } : r),
            },
        };
    }

    static SharedMemory Complete(SharedMemory memory)
    {
        SharedMemoryModel model = memory.Model ?? SharedMemoryModel.IvShmem;
        return memory with
        {
            Model = model,
            Size = memory.Size ?? (memory.Server is null ? MemorySize.FromMiB(4) : null),
            Msi = memory.Msi is { } msi ? msi with { IoEventFd = msi.IoEventFd ?? true } : memory.Server is null ? null : new MessageInterrupts { IoEventFd = true },
        };
    }

    static InputBus Bus(Input input, Platform platform) => input.Type switch
    {
        InputType.Mouse or InputType.Keyboard => platform.InputBus,
        InputType.Passthrough => InputBus.Virtio,
        _ => InputBus.Usb,
    };

    static Tpm Complete(Tpm tpm, Platform platform) => tpm with
    {
        Model = tpm.Model ?? platform.Tpm,
        Backend = tpm.Backend is TpmBackend.OfEmulator { Version: null or TpmVersion.Default } emulator
            ? emulator with { Version = TpmVersion.V2_0 }
            : tpm.Backend,
    };
}
