import type { AdmissionResult } from '../api/outcome-types.ts';
import { Notice } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';

/** How the formal review ended; for what is not admitted why, and by which clauses. */
export const AdmissionNotice = ({ result }: { result: AdmissionResult }) => (
  <Notice
    kind={result.admitted ? 'success' : 'error'}
    title={`${momentOf(result.at)} ${result.admitted ? '已受理' : '不予受理'}`}
  >
    {result.reason && <p style={{ whiteSpace: 'pre-wrap' }}>{result.reason}</p>}
    {result.clauses.length > 0 && (
      <ul>
        {result.clauses.map((clause) => (
          <li key={clause.id}>
            <span className="ks-clause">通知{clause.at}</span> {clause.text}
          </li>
        ))}
      </ul>
    )}
  </Notice>
);
