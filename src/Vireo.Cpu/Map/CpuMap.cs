using Vireo.Cpu.Arm;
using Vireo.Cpu.Ppc64;
using Vireo.Cpu.X86;

namespace Vireo.Cpu.Map;

/// <summary>
/// What names of CPU models mean, as one libvirt release has it. Nothing is read before it is asked for. A daemon has one, which it was
/// told at its start; peers of other releases are understood by theirs.
/// </summary>
public sealed class CpuMap
{
    static readonly Lazy<CpuMap> shared = new(() => new CpuMap(DefaultRelease));

    readonly Lazy<X86Cpus> x86;
    readonly Lazy<ArmCpus> arm;
    readonly Lazy<Ppc64Cpus> ppc64;

    CpuMap(MapRelease release, string? x86Text = null, Action<MapComplaint>? complain = null)
    {
        (Release, IsCustom) = (release, x86Text is not null);
        x86 = new(() =>
        {
            X86Map map = X86MapReader.Read(x86Text ?? MapText.Load("x86.map"), release);
            foreach (MapComplaint one in map.Complaints)
                complain?.Invoke(one);
            return new X86Cpus(map);
        });
        arm = new(() => new ArmCpus(ArmMap.Read(MapText.Load("arm.map"), release)));
        ppc64 = new(() => new Ppc64Cpus(Ppc64Map.Read(MapText.Load("ppc64.map"), release)));
    }

    /// <summary>The newest release that the built-in data knows.</summary>
    public static MapRelease Newest { get; } = new(12, 8, 0);

    /// <summary>The release that a daemon says it is: a peer that asks for its version may rely on what models mean there.</summary>
    public static MapRelease DefaultRelease { get; } = new(9, 0, 0);

    /// <summary>The map of <see cref="DefaultRelease"/>.</summary>
    public static CpuMap Default => shared.Value;

    /// <summary>The map of a release; one that is newer than <see cref="Newest"/> has what that has.</summary>
    public static CpuMap Of(MapRelease release) => release == DefaultRelease ? Default : new CpuMap(release);

    /// <summary>A map whose x86 part is the administrator's own text, in the form of the built-in one.</summary>
    /// <param name="x86Text">The text.</param>
    /// <param name="complain">Told of entries that make no sense, when the map is first used: they are left out, the rest serves.</param>
    public static CpuMap FromText(string x86Text, Action<MapComplaint> complain) => new(Newest, x86Text, complain);

    /// <summary>Whose map it is.</summary>
    public MapRelease Release { get; }

    /// <summary>Is its x86 part an administrator's?</summary>
    public bool IsCustom { get; }

    /// <summary>Operations on i686 and x86_64 by this map.</summary>
    public X86Cpus X86 => x86.Value;

    /// <summary>Operations on arm and aarch64 by this map.</summary>
    public ArmCpus Arm => arm.Value;

    /// <summary>Operations on ppc64 and ppc64le by this map.</summary>
    public Ppc64Cpus Ppc64 => ppc64.Value;

    /// <summary>The family that an architecture belongs to; null if its CPUs have no map.</summary>
    public CpuFamily? Family(string architecture) => architecture switch
    {
        "x86_64" or "i686" => X86,
        "ppc64" or "ppc64le" => Ppc64,
        "aarch64" or "armv6l" or "armv7b" or "armv7l" => Arm,
        _ => null,
    };

    /// <summary>
    /// Does the release know what to do with CPUs of an architecture, be it to leave everything to the hypervisor? If not it refuses guests that say anything of
    /// their CPU. 9.8.0 is the first release that was seen to know RISC-V's.
    /// </summary>
    public bool HasOperations(string architecture) => architecture switch
    {
        "s390" or "s390x" => true,
        "riscv32" or "riscv64" => Release >= new MapRelease(9, 8, 0),
        "loongarch64" => Release >= new MapRelease(10, 2, 0),
        _ => Family(architecture) is not null,
    };

    /// <summary>Releases since which the x86 map differs from that of the release before, ascending.</summary>
    public static IReadOnlyList<MapRelease> Changes => X86MapReader.Changes(MapText.Load("x86.map"));
}
