namespace Vireo.Hypervisor.Flows;

/// <summary>When a probe looks at a step.</summary>
public enum FlowMoment
{
    /// <summary>It is about to run.</summary>
    Before,
    /// <summary>It ran.</summary>
    After,
    /// <summary>It is about to be undone.</summary>
    BeforeUndo,
    /// <summary>It was undone.</summary>
    AfterUndo,
}

/// <summary>Looks on while flows run.</summary>
public interface IFlowProbe
{
    /// <summary>Called at every step.</summary>
    void At(string flow, string step, FlowMoment moment);
}
