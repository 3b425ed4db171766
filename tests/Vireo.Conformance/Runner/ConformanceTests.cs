namespace Vireo.Conformance.Runner;

/// <summary>Nothing slides back: every suite keeps its floor, and what fails is explained.</summary>
public class ConformanceTests
{
    public static TheoryData<string> Suites() => [.. AllSuites.All.Select(static s => s.Name)];

    [Theory, MemberData(nameof(Suites))]
    public void A_suite_keeps_what_it_has(string suite)
    {
        string folder = Corpus.Folder(suite);
        Assert.Empty(Ratchet.Read(suite).Broken(CorpusRun.Run(Path.GetDirectoryName(folder)!, suite)));
    }
}
