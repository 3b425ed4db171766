using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Inputs, TPMs, watchdogs, sources of randomness, panic devices.</summary>
static class SmallDeviceDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        MachineType type = MachineType.OfDefinition(machine);
        DeviceSet set = machine.Devices;
        return machine with
        {
            Devices = set with
            {
                Inputs = set.Inputs.Map(i => i is { Bus: null, Type: not InputType.Evdev } ? i with { Bus = Bus(i, type) } : i),
                Tpms = set.Tpms.Map(t => Complete(t, type)),
                Watchdogs = set.Watchdogs.Map(static w => w.Action is null ? w with { Action = WatchdogAction.Reset } : w),
                Panics = set.Panics.Map(p => p.Model is null ? p with { Model = type.IsPseries ? PanicModel.Pseries : PanicModel.Isa } : p),
                Vsock = set.Vsock is { Model: null } vsock ? vsock with { Model = VsockModel.Virtio } : set.Vsock,
                Rngs = set.Rngs.Map(static r => r.Backend is RngBackend.OfRandom { Path: null } ? r with { Backend = new RngBackend.OfRandom { Path = "/dev/urandom" } } : r),
            },
        };
    }

    static InputBus Bus(Input input, MachineType type) => input.Type switch
    {
        InputType.Mouse or InputType.Keyboard when type.IsX86 => InputBus.Ps2,
        InputType.Passthrough => InputBus.Virtio,
        _ => InputBus.Usb,
    };

    static Tpm Complete(Tpm tpm, MachineType type) => tpm with
    {
        Model = tpm.Model ?? (type.IsPseries ? TpmModel.Spapr : TpmModel.Tis),
        Backend = tpm.Backend is TpmBackend.OfEmulator { Version: null or TpmVersion.Default } emulator
            ? emulator with { Version = TpmVersion.V2_0 }
            : tpm.Backend,
    };
}
