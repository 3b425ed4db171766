using Vireo.Core;
using Vireo.Hypervisor.Machines;
using Xunit;

namespace Vireo.Tests.Hypervisor;

/// <summary>What a driver would keep for a running machine.</summary>
sealed class Life;

static class Lives
{
    public static readonly Uuid One = Numbered(1), Two = Numbered(2);

    public static Uuid Numbered(byte number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Fill(number);
        return new Uuid(bytes);
    }

    public static MachineActor<Life> Load(this MachineList<Life> list, string name, Uuid uuid, int id = -1)
    {
        Assert.True(list.TryLoad(new MachineSnapshot { Name = name, Uuid = uuid, Id = id }, out var machine));
        return machine;
    }

    /// <summary>Waits for what other threads are about to bring about; fails only if it never comes.</summary>
    public static async Task Until(Func<bool> true_)
    {
        for (int i = 0; i < 3000 && !true_(); i++)
            await Task.Delay(10);
        Assert.True(true_());
    }
}
