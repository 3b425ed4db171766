using System.Text;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Fuzz.Engine;
using Vireo.Model.Domain;
using Vireo.Tests.Drivers.Qemu;

namespace Vireo.Fuzz.Targets;

/// <summary>What the QEMU driver does to a document before it keeps it: defaults, addresses, checks.</summary>
public sealed class DefineTarget : FuzzTarget
{
    public override string Name => "definitions";

    public override string Extension => ".xml";

    public override IEnumerable<byte[]> Seeds() => Corpus.Load(new DocumentTarget()).Select(static kept => kept.Bytes).Concat(DocumentTarget.Machines());

    public override byte[] Mutate(byte[] seed, byte[] other, Random random) => DocumentTarget.Mutator.Mutate(seed, other, random);

    public override bool Run(byte[] input)
    {
        try
        {
            DomainDef written = DomainDef.Parse(Encoding.UTF8.GetString(input), DomainParse.Inactive);
            DomainDef complete = DefinitionPasses.Complete(written with { Uuid = written.Uuid ?? default }, new DefinitionContext { Facts = TestFacts.Modern });
            complete.ToXml(DomainFormat.Inactive | DomainFormat.Secure);
            return true;
        }
        catch (VireoException)
        {
            return false;
        }
    }
}
