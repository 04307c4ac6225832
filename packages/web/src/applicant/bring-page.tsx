import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import { Link } from 'react-router';
import { call, type Answer } from '../api/client.ts';
import type { Refusal } from '../api/types.ts';
import { readJsonFile } from '../form/take-in.ts';
import {
  Button,
  DataTable,
  DownloadIcon,
  EmptyState,
  Loaded,
  Notice,
  Page,
  Panel,
  RefusalNotice,
  Tag,
  UploadIcon,
} from '../kit/index.ts';
import { momentOf } from '../text/beijing-time.ts';
import { useOpenApplication } from './application-context.ts';
import { useCopySources, type CopySource, type Proposal } from './drafts.ts';
import { ProposalView } from './proposal-view.tsx';

/** The whole application is far shorter; a picture or a scan chosen by mistake is not read into memory. */
const MOST_BYTES = 16 * 1024 * 1024;

type Found = { title: string; proposal: Proposal };

/** 复制与导入导出: from an earlier application, from what is registered, from a file; and the file itself. */
export default function BringPage() {
  const { application, session } = useOpenApplication();
  const [found, setFound] = useState<Found>();
  const [refusal, setRefusal] = useState<Refusal>();
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (found) shown.current?.scrollIntoView({ block: 'start' });
  }, [found]);
  const home = `/applications/${application.id}`;
  const propose = async (title: string, answer: Promise<Answer<Proposal>>) => {
    setRefusal(undefined);
    setFound(undefined);
    const got = await answer;
    if (got.ok) setFound({ title, proposal: got.value });
    else setRefusal(got.refusal);
  };
  if (!session)
    return (
      <Page title="复制与导入导出">
        <EmptyState title="申报书已经提交，不能再带入内容" action={<Link to={home}>查看申报书</Link>} />
        <Export id={application.id} />
      </Page>
    );
  return (
    <Page
      title="复制与导入导出"
      tab={`复制与导入导出 · ${application.title || '未命名的申报书'}`}
      lead="已有的内容不用重填。先看会改什么、哪些带不进来，再决定要不要带入。"
    >
      <div ref={shown}>
        {refusal && <RefusalNotice refusal={refusal} />}
        {found && (
          <ProposalView
            key={found.title}
            title={found.title}
            proposal={found.proposal}
            onDone={() => setFound(undefined)}
          />
        )}
      </div>
      <Sources
        id={application.id}
        onChoose={(source) =>
          void propose(
            `从“${source.title || source.number}”复制`,
            call<Proposal>('GET', `/applications/${application.id}/proposals/copy?from=${source.id}`),
          )
        }
      />
      <Panel
        title="从登记资料带入"
        note="申报单位的名称、信用代码等取自单位登记资料，项目负责人取自您最近一份申报书里填的。"
      >
        <Button
          onClick={() =>
            void propose('从登记资料带入', call<Proposal>('GET', `/applications/${application.id}/proposals/profile`))
          }
        >
          看看能带入什么
        </Button>
      </Panel>
      <Import id={application.id} onFile={(name, answer) => void propose(`从文件“${name}”导入`, answer)} />
      <Export id={application.id} />
    </Page>
  );
}

function Sources({ id, onChoose }: { id: string; onChoose: (source: CopySource) => void }) {
  const sources = useCopySources(id);
  return (
    <Panel title="从以前的申报复制" note="可以是今年、往年或者其他通知下的申报。声明和承诺、附件、实施期的日期不复制。">
      <Loaded query={sources} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="ks-none">您在本单位还没有别的申报书。</p>
          ) : (
            <DataTable
              caption="可以复制的申报书"
              rows={items}
              rowKey={(row) => row.id}
              head="title"
              columns={[
                { key: 'title', title: '项目名称', render: (row) => row.title || '（未填项目名称）' },
                {
                  key: 'call',
                  title: '通知',
                  render: (row) => (
                    <>
                      {row.callTitle} {row.mode === 'rehearsal' && <Tag tone="wait">演练</Tag>}
                    </>
                  ),
                },
                { key: 'state', title: '状态', width: 96, render: (row) => row.stateLabel },
                { key: 'who', title: '申报人', width: 88, render: (row) => row.applicantName },
                { key: 'updatedAt', title: '最后更新', figure: true, render: (row) => momentOf(row.updatedAt) },
                {
                  key: 'do',
                  title: '操作',
                  render: (row) => (
                    <Button
                      size="small"
                      aria-label={`看看能从“${row.title || row.number}”复制什么`}
                      onClick={() => onChoose(row)}
                    >
                      看看能复制什么
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Import({ id, onFile }: { id: string; onFile: (name: string, answer: Promise<Answer<Proposal>>) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string>();
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    setWrong(undefined);
    if (file.size > MOST_BYTES) return setWrong(`“${file.name}”太大：申报书文件不超过 16 MB，附件不在里面。`);
    const read = readJsonFile(await file.text());
    if (!read.ok) return setWrong(`“${file.name}”读不出来：${read.message}`);
    const body = { document: read.document };
    onFile(file.name, call<Proposal>('POST', `/applications/${id}/proposals/import`, { body }));
  };
  return (
    <Panel
      title="从文件导入"
      note="选用本系统导出的 .json 文件。先只作检查，列出会改什么、哪些认不出来，不会直接改动申报书。"
    >
      {wrong && <Notice kind="error" title={wrong} />}
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="申报书文件"
        onChange={(event) => void choose(event)}
      />
      <Button icon={<UploadIcon aria-hidden />} onClick={() => input.current?.click()}>
        选择文件
      </Button>
    </Panel>
  );
}

function Export({ id }: { id: string }) {
  return (
    <Panel
      title="导出为文件"
      note="全部栏目和附件清单存成一个 .json 文件，可以存档，也可以再导入。里面有证件号码和电话，请妥善保管；导出会留下记录。"
    >
      <Button icon={<DownloadIcon aria-hidden />} href={`/api/applications/${id}/export.json`} download>
        导出申报书
      </Button>
    </Panel>
  );
}
