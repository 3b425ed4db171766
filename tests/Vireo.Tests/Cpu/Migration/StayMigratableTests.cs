using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Model.Domain.Cpu;
using Xunit;

namespace Vireo.Tests.Cpu.Migration;

/// <summary>
/// The rule that all this is for: what a guest sees never changes on its way through hosts of different releases, and whatever was taken out
/// of a model is always mentioned. All models x hosts x maps: the newest, 9.0.0, those before each removal and before additions.
/// </summary>
public class StayMigratableTests
{
    static readonly X86Cpus[] maps = [.. new[] { "newest", "10.2.0", "10.1.0", "9.0.0", "7.10.0", "5.9.0" }.Select(Map)];

    // Releases 9.10.0 to 10.1.0 named vmx features without forgiving those that did not: nothing comes back to them from older ones. They
    // are peers here, not homes.
    static readonly MapRelease unforgiving = new(10, 1, 0);

    static X86Cpus Map(string text) => MapRelease.TryParse(text, out MapRelease release) ? CpuMap.Of(release).X86 : throw new ArgumentException(text);

    public static TheoryData<string> MadeUp() => [.. RecordedHosts.MadeUp().Select(static h => h.Name)];

    [Theory, MemberData(nameof(MadeUp))]
    public void What_a_guest_sees_never_changes(string host) =>
        AssertNone(Faults(RecordedHosts.MadeUp().Single(h => h.Name == host)));

    [Fact]
    public void What_a_guest_sees_never_changes_on_any_recorded_host()
    {
        string? corpus = Environment.GetEnvironmentVariable("VIREO_CORPUS");
        Assert.SkipWhen(string.IsNullOrEmpty(corpus), "VIREO_CORPUS is not set");
        AssertNone(RecordedHosts.Recorded(corpus!).DistinctBy(static h => string.Join(' ', h.Gives.Indices)).SelectMany(Faults));
    }

    [Fact]
    public void Baselines_and_host_models_state_what_was_removed()
    {
        foreach (X86Cpus map in maps)
            foreach (X86Model model in map.Map.Models.Where(m => !m.Removed.IsEmpty && m.DecodesGuest))
            {
                var cpu = new CpuSpec { Role = CpuRole.Host, Model = model.Name, Vendor = model.Vendor!.Name };
                CpuSpec baseline = map.Baseline([cpu, cpu]), decoded = map.Decode(map.Encode(cpu), CpuRole.Guest);
                Assert.All(map.Map.NamesOf(model.Removed), name =>
                {
                    Assert.Equal(CpuFeaturePolicy.Disable, baseline.PolicyOf(name));
                    Assert.Equal(CpuFeaturePolicy.Disable, map.Expand(baseline).PolicyOf(name));
                    if (decoded.Model == model.Name)
                        Assert.Equal(CpuFeaturePolicy.Disable, decoded.PolicyOf(name));
                });
            }
    }

    [Fact]
    public void A_hosts_model_with_virtualization_goes_to_releases_that_do_not_know_its_details()
    {
        X86Cpus newest = RecordedHosts.Newest;
        int tried = 0;
        foreach (RecordedHost host in RecordedHosts.MadeUp().Where(static h => Gives(h, "vmx")))
        {
            var hypervisor = new ModelHypervisor(host);
            CpuSpec asked = newest.Update(new CpuSpec { Role = CpuRole.Guest, FollowsHost = true }, HostModel(newest, host));
            var (sees, filtered) = hypervisor.Start(asked);
            CpuSpec live = newest.UpdateLive(asked, newest.Map.SetOf(sees), newest.Map.SetOf(filtered), LiveCheck.Adopt);
            PeerCpu told = new PeerRendering(newest).For(new GuestContract(live.Model!, [.. sees]), live, asked, X86Cpus.Shared);
            if (!told.KnowsModel || newest.Map.FindModel(live.Model!)!.Added.IsEmpty)
                continue;
            tried++;
            Assert.Contains(live.Features, static f => f.Name.StartsWith("vmx-", StringComparison.Ordinal));
            Assert.DoesNotContain(told.Problems, static p => p.Name.StartsWith("vmx-", StringComparison.Ordinal));
            Assert.DoesNotContain(told.Cpu.Features, static f => f.Name.StartsWith("vmx-", StringComparison.Ordinal));
        }
        Assert.NotEqual(0, tried);
    }

    static void AssertNone(IEnumerable<string> faults)
    {
        string[] first = [.. faults.Take(5)];
        Assert.True(first.Length == 0, string.Join('\n', first));
    }

    static IEnumerable<string> Faults(RecordedHost host)
    {
        foreach (X86Cpus here in maps.Where(m => m.Map.Release != unforgiving))
        {
            var journey = new GuestJourney(here, host);
            CpuSpec? hostModel = HostModel(here, host);
            if (hostModel is not null && journey.Fault(new CpuSpec { Role = CpuRole.Guest, FollowsHost = true }, hostModel, maps) is { } own)
                yield return $"{host.Name}, {here.Map.Release}, host-model: {own}";
            foreach (X86Model model in here.Map.Models.Where(m => RecordedHosts.Newest.Map.FindModel(m.Name) is not null))
                foreach (FeatureTerm[] features in Wishes(here, host, model))
                    if (journey.Fault(new CpuSpec { Role = CpuRole.Guest, Model = model.Name, Features = features }, hostModel, maps) is { } fault)
                        yield return $"{host.Name}, {here.Map.Release}, {model.Name} {string.Join(' ', features.Select(f => $"{f.Policy}:{f.Name}"))}: {fault}";
        }
    }

    static CpuSpec? HostModel(X86Cpus here, RecordedHost host) =>
        here.Map.Decode(host.Data).IsEmpty ? null : here.Decode(host.Data, CpuRole.Guest);

    /// <summary>Nothing; what was removed asked for; something of the model turned off; something beyond it, and virtualization, asked for.</summary>
    static IEnumerable<FeatureTerm[]> Wishes(X86Cpus here, RecordedHost host, X86Model model)
    {
        yield return [];
        foreach (string removed in here.Map.NamesOf(model.Removed))
            yield return [new FeatureTerm(removed)];
        if (here.Map.NamesOf(model.Features).LastOrDefault(f => here.Map.FindFeature(f)!.AnnouncedBy is null) is { } last)
            yield return [new FeatureTerm(last, CpuFeaturePolicy.Disable), new FeatureTerm("erms", CpuFeaturePolicy.Optional)];
        if (Gives(host, "vmx"))
            yield return [new FeatureTerm("vmx"), new FeatureTerm("smap", CpuFeaturePolicy.Force)];
        if (here.Map.FindFeature("vmx-ept") is not null && !model.Added.IsEmpty)
            yield return [new FeatureTerm("vmx", Gives(host, "vmx") ? CpuFeaturePolicy.Require : CpuFeaturePolicy.Disable), new FeatureTerm("vmx-ept", CpuFeaturePolicy.Disable)];
    }

    static bool Gives(RecordedHost host, string feature) => host.Gives.Has(RecordedHosts.Newest.Map.FindFeature(feature)!.Index);
}
