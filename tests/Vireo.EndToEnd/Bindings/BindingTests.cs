using System.Text.RegularExpressions;
using Vireo.EndToEnd.CLibrary;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Bindings;

/// <summary>Every language's binding, unchanged, on Debian's C library and on ours: the same program says the same.</summary>
public sealed partial class BindingTests(BothLibraries libraries) : IClassFixture<BothLibraries>
{
    public static MatrixTheoryData<string, Place> Everywhere => new(BindingPrograms.All.Keys, Enum.GetValues<Place>());

    [Theory, MemberData(nameof(Everywhere))]
    public async Task A_program_says_the_same_on_both(string name, Place place)
    {
        _ = CLibraryFiles.Folder;
        BindingPrograms.Program program = BindingPrograms.All[name];
        await BothLibraries.NeedsAsync(program.Needed);
        if (program.Build is { } build)
            await libraries.BuildAsync(build);
        CommandResult said = await libraries.SameAsync(program.Run, place, error: program.Error);
        Assert.True(said.ExitCode == 0 && said.Output.Length > 0, said.ToString());
    }

    [Theory, InlineData(Place.InProcess, ""), InlineData(Place.Libvirtd, "few"), InlineData(Place.Vireod, "few")]
    public async Task Every_function_and_method_of_Python_answers_the_same(Place place, string few)
    {
        _ = CLibraryFiles.Folder;
        await Needs.PythonModuleAsync("libvirt");
        Dictionary<string, List<string>> stock = await CallsAsync(CLibraryFiles.Stock), ours = await CallsAsync(CLibraryFiles.Folder);
        Assert.Equal(stock.Keys, ours.Keys);
        List<string> different = [];
        string[] left = place is Place.InProcess ? WorksHere : Unset;
        foreach ((string function, List<string> said) in stock.Where(one => !left.Contains(one.Key)))
        {
            Assert.DoesNotContain(ours[function], static line => line.Contains(" ended with ", StringComparison.Ordinal));
            // Where Debian's library does not survive a call, what it said before counts.
            int compared = said[^1].Contains(" ended with ", StringComparison.Ordinal) ? said.Count - 1 : Math.Max(said.Count, ours[function].Count);
            different.AddRange(said.Take(compared).Except(ours[function]).Select(static line => $"< {line}"));
            different.AddRange(ours[function].Take(compared).Except(said).Select(static line => $"> {line}"));
        }
        Assert.True(different.Count is 0, string.Join('\n', different));

        async Task<Dictionary<string, List<string>>> CallsAsync(string library)
        {
            CommandResult said = await libraries.OnAsync(library, $"/usr/bin/python3 $data/every-call.py $uri {few}", place, static text => Clock().Replace(text, "N"));
            Assert.True(said.ExitCode == 0, said.ToString());
            return said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).GroupBy(static line => line[..line.IndexOfAny(['(', ' '])])
                .ToDictionary(static group => group.Key, static group => group.ToList());
        }
    }

    /// <summary>What is not compared within the process: Debian's library asks its own test driver for parameters that are text, which that driver refuses, and does not say how many pages it told.</summary>
    static readonly string[] WorksHere =
        ["virDomain.schedulerParametersFlags", "virDomain.setSchedulerParametersFlags", "virDomain.launchSecurityInfo", "virConnect.getFreePages"];

    /// <summary>What is not compared over sockets: Debian's library sends a number that the binding never set.</summary>
    static readonly string[] Unset = ["virConnect.getSEVInfo"];

    /// <summary>What the test driver makes from the clock.</summary>
    [GeneratedRegex(@"(?<=(?:cpu_time|vcpu_time|cpu\.time|user|system|\.time|\.wait|bytes|reqs|swap_\w+|last-update)': )\d+")]
    private static partial Regex Clock();
}
