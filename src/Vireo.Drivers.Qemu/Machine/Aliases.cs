global using QemuMachine = Vireo.Hypervisor.Machines.MachineActor<Vireo.Drivers.Qemu.Machine.LiveQemu>;
global using QemuJob = Vireo.Hypervisor.Machines.MachineJob<Vireo.Drivers.Qemu.Machine.LiveQemu>;
global using QemuMachines = Vireo.Hypervisor.Machines.MachineList<Vireo.Drivers.Qemu.Machine.LiveQemu>;
