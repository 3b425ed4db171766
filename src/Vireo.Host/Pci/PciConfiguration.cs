using System.Buffers.Binary;

namespace Vireo.Host.Pci;

/// <summary>A link of PCI Express, as it could be or as it is.</summary>
/// <param name="Port">The port's number; null: not told.</param>
/// <param name="Speed">1 for 2.5 GT/s and so on, as the specification counts; 0: none.</param>
/// <param name="Width">In lanes.</param>
public readonly record struct PciLinkFacts(int? Port, int Speed, int Width);

/// <summary>The configuration space of a PCI function. Who is not root sees its first 64 bytes alone.</summary>
/// <param name="bytes">What could be read of it.</param>
/// <param name="size">How long it is said to be: beyond 256 bytes for functions of PCI Express.</param>
public sealed class PciConfiguration(byte[] bytes, long size)
{
    const int StatusAt = 6, HeaderTypeAt = 0x0e, FirstAt = 0x34, HasList = 0x10, ExpressId = 0x10, Conventional = 256;
    const int KindAt = 2, CapabilitiesAt = 0x0c, StateAt = 0x12, IntegratedEndpoint = 9, EventCollector = 10;

    /// <summary>What kind of header it has: 0 for devices, 1 for bridges, 2 for bridges to a CardBus.</summary>
    public int HeaderType => bytes.Length > HeaderTypeAt ? bytes[HeaderTypeAt] & 0x7f : 0;

    /// <summary>Whether it is of PCI Express.</summary>
    public bool IsExpress => Express() != 0 || size > Conventional;

    /// <summary>Its link as it could be and as it is; null: it has none.</summary>
    public (PciLinkFacts Most, PciLinkFacts Now)? Link
    {
        get
        {
            int at = Express();
            if (at == 0 || at + StateAt + 2 > bytes.Length || (bytes[at + KindAt] >> 4) is IntegratedEndpoint or EventCollector)
                return null;
            uint most = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + CapabilitiesAt));
            int now = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + StateAt));
            return (new((int)(most >> 24), (int)most & 0xf, (int)(most >> 4) & 0x3f), new(null, now & 0xf, now >> 4 & 0x3f));
        }
    }

    // The list may run in a circle: it has no more members than fit.
    int Express()
    {
        if (bytes.Length <= FirstAt || (bytes[StatusAt] & HasList) == 0)
            return 0;
        int at = bytes[FirstAt] & ~3;
        for (int left = Conventional / 4; left > 0 && at > HeaderTypeAt && at + 1 < bytes.Length; left--)
        {
            if (bytes[at] == ExpressId)
                return at;
            at = bytes[at + 1] & ~3;
        }
        return 0;
    }
}
