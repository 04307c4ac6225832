import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import type { Pledge, RecommendationList, Words } from '../api/types.ts';
import { Button, ConfirmDialog, DownloadIcon, Facts, Panel, Tag } from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { PledgeScan } from './pledge-scan.tsx';
import { ScanUpload } from './scan-upload.tsx';

type Props = {
  list: RecommendationList;
  words: Words;
  /** What the call calls the letter beside the list; absent where it asks for none. */
  letterTitle: string | undefined;
  roundId: string;
  pledge: Pledge | undefined;
  open: boolean;
};

/** The list that holds now: download it, upload it sealed with the letter, deliver it. */
export function CurrentList({ list, words, letterTitle, roundId, pledge, open }: Props) {
  const name = words['recommendationList'] ?? '推荐清单';
  const delivered = list.state === 'delivered';
  return (
    <>
      <Panel
        id="current"
        title={
          delivered ? `已报送的${name}（第 ${list.ordinal} 份）` : `第二步　盖章、上传（第 ${list.ordinal} 份${name}）`
        }
        aside={delivered ? <Tag tone="good">已报送</Tag> : <Tag tone="accent">有效</Tag>}
      >
        <Facts
          items={[
            ['清单码', <code key="code">{list.code}</code>],
            ['项目数', `${list.entries} 个`],
            ['导出', `${momentOf(list.exportedAt)}，${list.exportedByName}`],
            list.deliveredAt ? ['报送', momentOf(list.deliveredAt)] : undefined,
          ]}
        />
        <div className="ks-actions" style={{ margin: '16px 0 20px' }}>
          <Button icon={<DownloadIcon aria-hidden />} href={`/api/lists/${list.id}/list.pdf`} target="_blank">
            下载 PDF（盖章用）
          </Button>
          <Button icon={<DownloadIcon aria-hidden />} href={`/api/lists/${list.id}/list.xlsx`}>
            下载 Excel
          </Button>
          {delivered && (
            <Button icon={<DownloadIcon aria-hidden />} href={`/api/lists/${list.id}/receipt.pdf`} target="_blank">
              下载报送回执
            </Button>
          )}
        </div>
        <ScanUpload
          title={`盖章的${name}扫描件`}
          help="打印上面的 PDF，盖公章后把各页扫描进一个 PDF 上传。系统读每页的二维码，核对是不是这一份、页数齐不齐。"
          put={`/lists/${list.id}/sealed-scan`}
          read={`/lists/${list.id}/sealed-scan`}
          stored={list.sealedScanName}
          reading={list.scanReading}
          open={list.state === 'current'}
          coded
        />
        {letterTitle && (
          <ScanUpload
            title={`${letterTitle}扫描件`}
            help={`正式行文的${letterTitle}，扫描成 PDF 上传。`}
            put={`/lists/${list.id}/letter`}
            read={`/lists/${list.id}/letter`}
            stored={list.letterName}
            open={list.state === 'current'}
          />
        )}
        {pledge && <PledgeScan roundId={roundId} pledge={pledge} open={list.state === 'current'} />}
      </Panel>
      {!delivered && open && (
        <Deliver list={list} words={words} name={name} letterTitle={letterTitle} pledge={pledge} />
      )}
    </>
  );
}

type DeliverProps = Omit<Props, 'open' | 'roundId'> & { name: string };

function Deliver({ list, words, name, letterTitle, pledge }: DeliverProps) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const science = words['scienceDepartment'] ?? '科技主管部门';
  const missing = [
    !list.sealedScanName && `盖章的${name}扫描件`,
    letterTitle && !list.letterName && `${letterTitle}扫描件`,
    pledge && !pledge.scanName && `签字盖章的${pledge.title}扫描件`,
  ].filter(Boolean);
  return (
    <Panel id="deliver" title={`第三步　报送${science}`}>
      {missing.length > 0 && <p className="kp-why">还没有上传：{missing.join('、')}。</p>}
      <Button
        type="primary"
        disabled={missing.length > 0}
        style={{ marginTop: missing.length > 0 ? 14 : 0 }}
        onClick={() => setAsking(true)}
      >
        报送{science}
      </Button>
      <ConfirmDialog
        title={`报送${science}`}
        confirm="确认报送"
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          const answer = await call('POST', `/lists/${list.id}/deliver`);
          await Promise.all(
            ['recommendations', 'applications', 'application'].map((key) =>
              queries.invalidateQueries({ queryKey: [key] }),
            ),
          );
          return answer;
        }}
      >
        <p>
          清单上的 {list.entries} 个项目连同盖章的扫描件一并报送{science}。报送后不能撤回，也不能再改动这些项目。
        </p>
      </ConfirmDialog>
    </Panel>
  );
}
