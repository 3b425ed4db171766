using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Model.Rules;

/// <summary>A machine's labels say what their types allow, and each model has one.</summary>
public sealed class SecurityLabelRules : IRules<SecurityLabel, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(SecurityLabel element, DomainDef document, Findings found)
    {
        switch (element)
        {
            case { Type: SecurityLabelType.Static, Label: null }:
                found.Wrong(element, "security label is missing");
                break;
            case { Type: SecurityLabelType.Dynamic, Relabel: false }:
                found.Unsupported(element, "dynamic label type must use resource relabeling");
                break;
            case { Type: SecurityLabelType.None, Relabel: true }:
                found.Unsupported(element, "resource relabeling is not compatible with 'none' label type");
                break;
            case { Model: null } when document.SecurityLabels.Count > 1:
                found.Wrong(element, "missing security model when using multiple labels");
                break;
            case { Model: { } model } when document.SecurityLabels.First(other => other.Model == model) is var first && !ReferenceEquals(first, element):
                found.Add(element, ErrorCode.XmlDetail, $"seclabel for model {model} is already provided");
                break;
        }
    }
}
