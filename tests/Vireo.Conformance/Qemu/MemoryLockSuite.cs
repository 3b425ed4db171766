using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;
using Vireo.Drivers.Qemu.Memory;

namespace Vireo.Conformance.Qemu;

/// <summary>How much memory a guest may lock.</summary>
sealed class MemoryLockSuite : Suite
{
    public override string Name => "qemu-memlock";

    public override Outputs Run(CaseInput input)
    {
        ulong bytes = MemoryLock.BytesOf(new QemuCase(input).Define(inactive: true));
        return Outputs.Result(bytes == MemoryLock.Unlimited ? JsonValue.Create("unlimited") : JsonValue.Create(bytes));
    }
}
